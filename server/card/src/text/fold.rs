//! Small letters without accents, so that a cue is written once and found however somebody types it.

/// The letters of Latin-1 and Latin Extended-A from U+00E0, each with what it is without its marks; a dot where there is
/// nothing to take off, a capital where it is two letters.
const PLAIN: &str = "aaaaaaAceeeeiiiidnooooo.ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiijjjjkkkll\
    llllllllnnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// Adds the letter as it is looked for: small, and without its accent.
pub fn fold(letter: char, folded: &mut String) {
    if letter.is_ascii() {
        folded.push(letter.to_ascii_lowercase());
        return;
    }
    if is_accent(letter) {
        return;
    }
    for letter in letter.to_lowercase() {
        match letter {
            'ß' => folded.push_str("ss"),
            'º' | 'ª' => folded.push(if letter == 'º' { 'o' } else { 'a' }),
            _ if is_accent(letter) => {}
            _ => match plain(letter) {
                b'A' => folded.push_str("ae"),
                b'O' => folded.push_str("oe"),
                b'.' => folded.push(letter),
                plain => folded.push(char::from(plain)),
            },
        }
    }
}

fn plain(letter: char) -> u8 {
    let index = u32::from(letter).wrapping_sub(0xe0);
    let index = usize::try_from(index).unwrap_or(usize::MAX);
    PLAIN.as_bytes().get(index).copied().unwrap_or(b'.')
}

/// A mark that is typed after its letter.
pub fn is_accent(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_lose_their_case_and_their_accents() {
        for (written, folded) in [
            ("ÀÉÎÕÜÇÑ", "aeioucn"),
            ("e\u{301}", "e"),
            ("Straße Łódź żółć ğışİ", "strasse lodz zolc gisi"),
            ("Ærø Œuvre Åse Đà þing ÿ", "aero oeuvre ase da ting y"),
            ("čřžůőűňťďľ", "crzuountdl"),
            ("Ελλάς мир 中文 ３", "ελλάς мир 中文 ３"),
        ] {
            let mut text = String::new();
            written.chars().for_each(|letter| fold(letter, &mut text));
            assert_eq!(text, folded, "{written}");
        }
        // U+017F, the last one, is the long s.
        assert_eq!(plain('ſ'), b's');
        assert_eq!(PLAIN.len(), 0x180 - 0xe0);
    }
}
