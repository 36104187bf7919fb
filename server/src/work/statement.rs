//! A statement of somebody's work as a table, for them to hold against the log: a line for each shift and each deed.

use jiff::Timestamp as Moment;
use protocol::Timestamp;

use super::{Deed, Shift, ShiftEnd, Span};

/// The names of the columns.
const COLUMNS: [&str; 8] = [
    "person",
    "what",
    "at",
    "until",
    "seconds",
    "receipt",
    "conversation",
    "event",
];

/// The table: CSV (RFC 4180) in UTF-8 with a mark that says so, without which a spreadsheet takes it for another encoding. Times
/// are those of RFC 3339 in UTC. A shift that goes on has no end, and neither has one whose end nobody knows; only the time that
/// is within `span` counts.
#[must_use]
pub fn statement(
    person: &str,
    shifts: &[Shift],
    deeds: &[Deed],
    span: Span,
    now: Timestamp,
) -> String {
    let mut lines: Vec<(Timestamp, [String; 8])> = vec![];
    for shift in shifts {
        let counted = shift.span(now).within(span);
        let (what, until) = match shift.end {
            ShiftEnd::At(to) => ("shift", moment(to)),
            ShiftEnd::Running => ("shift that goes on", String::new()),
            ShiftEnd::Unknown => ("shift without a recorded end", String::new()),
        };
        let seconds = counted.map_or(0, |it| it.length_ms() / 1_000);
        let line = [
            person.into(),
            what.into(),
            moment(shift.from),
            until,
            seconds.to_string(),
            String::new(),
            String::new(),
            String::new(),
        ];
        lines.push((shift.from, line));
    }
    for deed in deeds {
        let line = [
            person.into(),
            deed.kind.name().into(),
            moment(deed.at),
            String::new(),
            String::new(),
            deed.receipt.map(|it| it.0.to_string()).unwrap_or_default(),
            deed.conversation.to_string(),
            deed.seq.0.to_string(),
        ];
        lines.push((deed.at, line));
    }
    // Of the same moment, a shift's beginning first, and events in their order.
    lines.sort_by_key(|(at, _)| *at);
    let mut table = String::from("\u{feff}");
    push_line(&mut table, COLUMNS);
    for (_, line) in &lines {
        push_line(&mut table, line.each_ref().map(String::as_str));
    }
    table
}

fn moment(at: Timestamp) -> String {
    Moment::from_millisecond(at.0).map_or_else(|_| at.0.to_string(), |at| at.to_string())
}

fn push_line(table: &mut String, cells: [&str; 8]) {
    for (index, text) in cells.into_iter().enumerate() {
        if index > 0 {
            table.push(',');
        }
        table.push_str(&cell(text));
    }
    table.push_str("\r\n");
}

/// A cell. What a spreadsheet would take for a formula gets an apostrophe in front (S14), and what has a comma, a quotation mark
/// or a line break gets quotation marks around it.
fn cell(text: &str) -> String {
    let begins_formula = |first: char| {
        matches!(
            first,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\0' | '＝' | '＋' | '－' | '＠'
        )
    };
    let mark = if text.starts_with(begins_formula) {
        "'"
    } else {
        ""
    };
    let text = [mark, text].concat();
    if text.contains([',', '"', '\r', '\n']) {
        ["\"", &text.replace('"', "\"\""), "\""].concat()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use protocol::{ConversationId, Receipt, Seq};

    use super::super::DeedKind;
    use super::*;

    const ALL: Span = Span {
        from: Timestamp(0),
        to: Timestamp(i64::MAX),
    };

    #[test]
    fn each_shift_and_each_deed_is_a_line_in_the_order_of_their_times() {
        let shifts = [
            Shift {
                from: Timestamp(1_795_424_400_000),
                end: ShiftEnd::At(Timestamp(1_795_428_000_500)),
            },
            Shift {
                from: Timestamp(1_795_431_600_000),
                end: ShiftEnd::Running,
            },
            Shift {
                from: Timestamp(0),
                end: ShiftEnd::Unknown,
            },
        ];
        let deed = Deed {
            conversation: ConversationId(10),
            seq: Seq(3),
            at: Timestamp(1_795_424_460_000),
            kind: DeedKind::Taken,
            receipt: Some(Receipt(4127)),
        };
        let now = Timestamp(1_795_431_660_000);
        let table = statement("Ana", &shifts, &[deed], ALL, now);
        let lines: Vec<&str> = table.split("\r\n").collect();
        assert_eq!(
            lines,
            [
                "\u{feff}person,what,at,until,seconds,receipt,conversation,event",
                "Ana,shift without a recorded end,1970-01-01T00:00:00Z,,0,,,",
                "Ana,shift,2026-11-23T09:00:00Z,2026-11-23T10:00:00.5Z,3600,,,",
                "Ana,taken,2026-11-23T09:01:00Z,,,4127,0000000000000000000000000000000a,3",
                "Ana,shift that goes on,2026-11-23T11:00:00Z,,60,,,",
                "",
            ]
        );
    }

    #[test]
    fn only_the_time_within_the_period_counts() {
        let shift = Shift {
            from: Timestamp(0),
            end: ShiftEnd::At(Timestamp(10_000)),
        };
        let span = Span {
            from: Timestamp(4_000),
            to: Timestamp(6_000),
        };
        let table = statement("Ana", &[shift], &[], span, Timestamp(20_000));
        assert!(table.contains("1970-01-01T00:00:10Z,2,,,\r\n"), "{table}");
    }

    /// S14.
    #[test]
    fn nothing_is_taken_for_a_formula_and_nothing_ends_a_cell_early() {
        for (text, expected) in [
            ("Ana", "Ana"),
            ("", ""),
            ("=1+1", "'=1+1"),
            ("+34 600", "'+34 600"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "\"'\r=1\""),
            ("\0=1", "'\0=1"),
            ("＝1", "'＝1"),
            ("López, Ana", "\"López, Ana\""),
            (
                "=HYPERLINK(\"http://evil.example\",\"x\")",
                "\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\"",
            ),
            ("a\nb", "\"a\nb\""),
            ("'", "'"),
        ] {
            assert_eq!(cell(text), expected, "{text:?}");
        }
    }

    /// What a reader of RFC 4180 finds in a line.
    fn read(line: &str) -> Vec<String> {
        let mut cells = vec![String::new()];
        let mut is_quoted = false;
        let mut rest = line.chars().peekable();
        while let Some(character) = rest.next() {
            let last = cells.last_mut().unwrap();
            match character {
                '"' if is_quoted && rest.peek() == Some(&'"') => {
                    last.push('"');
                    rest.next();
                }
                '"' => is_quoted = !is_quoted,
                ',' if !is_quoted => cells.push(String::new()),
                other => last.push(other),
            }
        }
        cells
    }

    proptest! {
        /// S14.
        #[test]
        fn any_name_is_one_cell_and_no_formula(name in "[=+\\-@\t\r\n,\"'a＝é ]{0,8}") {
            let cells = read(&[cell(&name), "next".into()].join(","));
            prop_assert_eq!(cells.len(), 2);
            let shown = cells[0].strip_prefix('\'').filter(|rest| !name.starts_with('\'') && *rest == name);
            prop_assert!(cells[0] == name || shown.is_some());
            prop_assert!(!cells[0].starts_with(['=', '+', '-', '@', '\t', '\r', '＝']));
        }
    }
}
