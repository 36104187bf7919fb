//! A shop's look: its accent and the roundness of its corners, made readable whatever was asked for (A6).
//!
//! The accent belongs to people: it fills *Human please* and tints what a person writes. From the one colour that a shop
//! names come all the colours that the pages draw with it, by day and by night. Hue and colourfulness stay as near to the
//! wish as contrast allows; lightness gives way. Contrast is WCAG 2.2's: 4.5:1 for text (1.4.3), 3:1 for what is no text
//! but has to be seen (1.4.11).

use std::fmt::Write;

use palette::color_difference::Wcag21RelativeContrast;
use palette::{FromColor, IntoColor, Oklch, Srgb};
use sha2::{Digest, Sha256};

/// Contrast of text to what is behind it.
const TEXT: f32 = 4.5;

/// Contrast of anything else that has to be seen.
const SEEN: f32 = 3.0;

/// A little more than what is promised, for the rounding of colours to eight bits.
const MARGIN: f32 = 1.02;

/// The roundest corners, in CSS pixels: more would eat the text of a message of one line.
const MOST_ROUND: u8 = 24;

/// How a page looks where it differs from our own look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Theme {
    /// The accent that was asked for.
    pub accent: Option<Accent>,
    /// The radius of corners, in CSS pixels.
    pub radius: Option<u8>,
}

/// A colour as it was asked for, in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent([u8; 3]);

/// The colours that an accent is seen on and beside, by day or by night: those of `style/tokens.css`.
struct Surroundings {
    /// Lightness, chroma and hue of what messages and buttons stand on.
    paper: [f32; 3],
    raised: [f32; 3],
    sunk: [f32; 3],
    /// The colour of text.
    ink: [f32; 3],
    /// The lightness of a tint behind text, and the most of its chroma.
    tint: [f32; 2],
    /// The step of lightness that shows that a pointer is over a button.
    deeper: f32,
}

const DAY: Surroundings = Surroundings {
    paper: [0.983, 0.007, 80.0],
    raised: [1.0, 0.0, 0.0],
    sunk: [0.948, 0.014, 78.0],
    ink: [0.265, 0.017, 50.0],
    tint: [0.932, 0.037],
    deeper: -0.08,
};

const NIGHT: Surroundings = Surroundings {
    paper: [0.212, 0.012, 55.0],
    raised: [0.255, 0.014, 55.0],
    sunk: [0.305, 0.016, 55.0],
    ink: [0.938, 0.012, 80.0],
    tint: [0.365, 0.05],
    deeper: 0.065,
};

/// What the pages draw with an accent.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Colours {
    accent: Srgb<u8>,
    accent_deep: Srgb<u8>,
    accent_ink: Srgb<u8>,
    person: Srgb<u8>,
    person_ink: Srgb<u8>,
}

impl Accent {
    /// A colour of an address or a setting: `#06c`, `#0066cc`, or the same without its mark. None for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').unwrap_or(text);
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |from: usize, to: usize| u8::from_str_radix(&digits[from..to], 16).ok();
        let parts = match digits.len() {
            3 => [0, 1, 2].map(|at| part(at, at + 1).map(|digit| digit * 17)),
            6 => [0, 2, 4].map(|at| part(at, at + 2)),
            _ => return None,
        };
        let [red, green, blue] = parts;
        Some(Self([red?, green?, blue?]))
    }

    /// Six digits, without a mark: `0066cc`.
    #[must_use]
    pub fn digits(self) -> String {
        let [red, green, blue] = self.0;
        format!("{red:02x}{green:02x}{blue:02x}")
    }
}

impl Theme {
    /// A radius of an address or a setting, in CSS pixels.
    #[must_use]
    pub fn parse_radius(text: &str) -> Option<u8> {
        text.parse().ok().filter(|radius| *radius <= MOST_ROUND)
    }

    /// The name of the file with the style: the wish, and the hash of what comes of it, so that browsers may keep it for
    /// ever. None where our own look is meant.
    #[must_use]
    pub fn file_name(&self) -> Option<String> {
        let style = self.style();
        if style.is_empty() {
            return None;
        }
        let accent = self.accent.map(Accent::digits).unwrap_or_default();
        let radius = self.radius.map(|radius| radius.to_string());
        let hash = Sha256::digest(&style);
        let hash: String = hash
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Some(format!(
            "{accent}-{}-{hash}.css",
            radius.unwrap_or_default()
        ))
    }

    /// The style in the file of this name, if it is one of this version's.
    #[must_use]
    pub fn style_in(name: &str) -> Option<String> {
        let (accent, rest) = name.split_once('-')?;
        let (radius, _) = rest.split_once('-')?;
        let theme = Self {
            accent: Accent::parse(accent),
            radius: Self::parse_radius(radius),
        };
        (theme.file_name().as_deref() == Some(name)).then(|| theme.style())
    }

    /// The style that comes after `tokens.css` and speaks for it; nothing where our own look is meant.
    #[must_use]
    pub fn style(&self) -> String {
        let mut style = String::new();
        if let Some(radius) = self.radius {
            let small = radius.min(8);
            // Writing to a string cannot fail.
            let _ = write!(
                style,
                ":root{{--radius:{radius}px;--radius-small:{small}px}}"
            );
        }
        if let Some(Accent([red, green, blue])) = self.accent {
            let wish = Srgb::new(red, green, blue);
            let (day, night) = (Colours::of(wish, &DAY), Colours::of(wish, &NIGHT));
            let plain = rules(|index| hex(day.all()[index]));
            let both = rules(|index| {
                let (day, night) = (hex(day.all()[index]), hex(night.all()[index]));
                format!("light-dark({day},{night})")
            });
            let _ = write!(
                style,
                ":root{{{plain}}}@supports (color:light-dark(red,red)){{:root{{{both}}}}}"
            );
        }
        style
    }
}

/// The tokens of `style/tokens.css`, with a value for each.
fn rules(value: impl Fn(usize) -> String) -> String {
    let names = [
        "accent",
        "accent-deep",
        "accent-ink",
        "person",
        "person-ink",
    ];
    let mut rules = String::new();
    for (index, name) in names.iter().enumerate() {
        let _ = write!(rules, "--{name}:{};", value(index));
    }
    rules
}

impl Colours {
    fn of(wish: Srgb<u8>, around: &Surroundings) -> Self {
        let wish: Oklch = Oklch::from_color(wish.into_format::<f32>());
        let surfaces = [around.paper, around.raised, around.sunk].map(colour);
        let inks = [[1.0, 0.0, 0.0], [0.2, 0.0, 0.0]].map(colour);
        let ink_on = |fill: Srgb<u8>| {
            let [light, dark] = inks;
            if contrast(light, fill) >= contrast(dark, fill) {
                light
            } else {
                dark
            }
        };
        let is_fill = |fill: Srgb<u8>| {
            surfaces
                .iter()
                .all(|surface| contrast(fill, *surface) >= SEEN * MARGIN)
                && contrast(ink_on(fill), fill) >= TEXT * MARGIN
        };
        let accent = nearest(wish, is_fill);
        let accent_ink = ink_on(accent);
        let hover: Oklch = Oklch::from_color(accent.into_format::<f32>());
        let hover = Oklch::new(hover.l + around.deeper, hover.chroma, hover.hue);
        let accent_deep = nearest(hover, |fill| contrast(accent_ink, fill) >= TEXT * MARGIN);
        let [tint, chroma] = around.tint;
        let ink = colour(around.ink);
        let person = Oklch::new(tint, wish.chroma.min(chroma), wish.hue);
        let person = nearest(person, |fill| contrast(ink, fill) >= TEXT * MARGIN);
        let person_ink = nearest(wish, |text| {
            let mut behind = surfaces.iter().chain([&person]);
            behind.all(|behind| contrast(text, *behind) >= TEXT * MARGIN)
        });
        Self {
            accent,
            accent_deep,
            accent_ink,
            person,
            person_ink,
        }
    }

    fn all(&self) -> [Srgb<u8>; 5] {
        [
            self.accent,
            self.accent_deep,
            self.accent_ink,
            self.person,
            self.person_ink,
        ]
    }
}

/// The colour nearest in lightness to a wish that does: of its hue, and as colourful as screens can show it there.
fn nearest(wish: Oklch, does: impl Fn(Srgb<u8>) -> bool) -> Srgb<u8> {
    const STEPS: u16 = 200;
    let lightness = |step: f32| Oklch::new(wish.l + step / f32::from(STEPS), wish.chroma, wish.hue);
    (0..=STEPS)
        .flat_map(|step| [f32::from(step), -f32::from(step)])
        .map(lightness)
        .filter(|colour| (0.0..=1.0).contains(&colour.l))
        .map(shown)
        .find(|colour| does(*colour))
        // Black or white does wherever anything can.
        .unwrap_or_else(|| {
            let [white, black] = [1.0, 0.0].map(|l| shown(Oklch::new(l, 0.0, wish.hue)));
            if does(white) { white } else { black }
        })
}

/// The colour as a screen shows it: with as much of its chroma as there is in sRGB at its lightness, to a hundredth.
fn shown(wish: Oklch) -> Srgb<u8> {
    const PARTS: u8 = 100;
    let in_gamut = |part: u8| {
        let chroma = wish.chroma * f32::from(part) / f32::from(PARTS);
        let rgb: Srgb<f32> = Oklch::new(wish.l, chroma, wish.hue).into_color();
        let is_there = [rgb.red, rgb.green, rgb.blue]
            .iter()
            .all(|part| (-0.001..=1.001).contains(part));
        is_there.then(|| rgb.into_format())
    };
    let grey = || {
        let rgb: Srgb<f32> = Oklch::new(wish.l, 0.0, wish.hue).into_color();
        rgb.into_format()
    };
    (1..=PARTS).rev().find_map(in_gamut).unwrap_or_else(grey)
}

fn colour([lightness, chroma, hue]: [f32; 3]) -> Srgb<u8> {
    shown(Oklch::new(lightness, chroma, hue))
}

fn contrast(one: Srgb<u8>, other: Srgb<u8>) -> f32 {
    one.into_format::<f32>()
        .relative_contrast(other.into_format::<f32>())
}

fn hex(colour: Srgb<u8>) -> String {
    format!("#{colour:x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The seed of the random accents, printed with whatever fails.
    const SEED: u64 = 20_261_122;

    /// Accents at the edges, and many that nobody has chosen (splitmix64: Steele, Lea, Flood, 2014).
    fn accents() -> impl Iterator<Item = Accent> {
        let mut state = SEED;
        let random = std::iter::repeat_with(move || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let [red, green, blue, ..] = (mixed ^ (mixed >> 31)).to_le_bytes();
            Accent([red, green, blue])
        });
        let edges = [
            "000", "fff", "f00", "0f0", "00f", "ff0", "0ff", "f0f", "777", "bc471f",
        ];
        let edges = edges.into_iter().map(|text| Accent::parse(text).unwrap());
        edges.chain(random.take(200))
    }

    /// A6: whatever a shop asks for can be read.
    #[test]
    fn two_hundred_random_accents_pass_contrast_by_day_and_by_night() {
        for accent in accents() {
            for (name, around) in [("day", &DAY), ("night", &NIGHT)] {
                let Accent([red, green, blue]) = accent;
                let colours = Colours::of(Srgb::new(red, green, blue), around);
                let [paper, raised, sunk, ink] =
                    [around.paper, around.raised, around.sunk, around.ink].map(colour);
                let mut pairs = vec![
                    ("ink on accent", colours.accent_ink, colours.accent, TEXT),
                    ("ink on deep", colours.accent_ink, colours.accent_deep, TEXT),
                    ("text on a person's tint", ink, colours.person, TEXT),
                    (
                        "name on a person's tint",
                        colours.person_ink,
                        colours.person,
                        TEXT,
                    ),
                ];
                for surface in [paper, raised, sunk] {
                    pairs.push(("accent on a surface", colours.accent, surface, SEEN));
                    pairs.push(("name on a surface", colours.person_ink, surface, TEXT));
                }
                for (pair, one, other, least) in pairs {
                    let found = contrast(one, other);
                    assert!(
                        found >= least,
                        "{} by {name} (seed {SEED}): {pair} is {found}, {} on {}",
                        accent.digits(),
                        hex(one),
                        hex(other)
                    );
                }
            }
        }
    }

    #[test]
    fn an_accent_that_can_be_read_stays_as_it_is() {
        let wish = Srgb::new(0x00, 0x55, 0xaa);
        let found = Colours::of(wish, &DAY).accent;
        let near = |one: u8, other: u8| one.abs_diff(other) <= 1;
        assert!(
            near(found.red, wish.red)
                && near(found.green, wish.green)
                && near(found.blue, wish.blue),
            "{found:?}"
        );
    }

    #[test]
    fn what_is_no_colour_and_no_radius_is_left_out() {
        for text in [
            "", "#", "red", "#12345", "#12345g", "12 456", "url(x)", "é12", "#1234567",
        ] {
            assert_eq!(Accent::parse(text), None, "{text}");
        }
        assert_eq!(Accent::parse("#06C"), Accent::parse("0066cc"));
        assert_eq!(Accent::parse("#06c").unwrap().digits(), "0066cc");
        for text in ["", "-1", "25", "1e1", "4px"] {
            assert_eq!(Theme::parse_radius(text), None, "{text}");
        }
        assert_eq!(Theme::parse_radius("0"), Some(0));
    }

    #[test]
    fn a_style_has_nothing_in_it_but_our_tokens() {
        assert_eq!(Theme::default().style(), "");
        let style = Theme {
            accent: Accent::parse("#06c"),
            radius: Some(4),
        }
        .style();
        assert!(
            style.starts_with(":root{--radius:4px;--radius-small:4px}:root{--accent:#"),
            "{style}"
        );
        assert!(!style.contains(['<', '&', '"', '\\']), "{style}");
    }

    #[test]
    fn a_theme_has_a_file_of_its_own_and_nobody_can_write_another() {
        for (accent, radius) in [(Some("06c"), Some(4)), (Some("fff"), None), (None, Some(0))] {
            let theme = Theme {
                accent: accent.and_then(Accent::parse),
                radius,
            };
            let name = theme.file_name().unwrap();
            assert_eq!(Theme::style_in(&name), Some(theme.style()), "{name}");
        }
        assert_eq!(Theme::default().file_name(), None);
        for name in [
            "",
            "--.css",
            "0066cc-4-000000000000.css",
            "0066cc-4.css",
            "../x",
        ] {
            assert_eq!(Theme::style_in(name), None, "{name}");
        }
    }

    /// The surroundings are those that the pages have.
    #[test]
    fn the_surroundings_are_those_of_the_style() {
        let tokens = include_str!("../../../style/tokens.css");
        let written =
            |[lightness, chroma, hue]: [f32; 3]| format!("oklch({lightness} {chroma} {hue})");
        for (name, day, night) in [
            ("paper", DAY.paper, NIGHT.paper),
            ("raised", DAY.raised, NIGHT.raised),
            ("sunk", DAY.sunk, NIGHT.sunk),
            ("ink", DAY.ink, NIGHT.ink),
        ] {
            let rule = format!(
                "--{name}: light-dark({}, {});",
                written(day),
                written(night)
            );
            assert!(tokens.contains(&rule), "{rule}");
        }
    }
}
