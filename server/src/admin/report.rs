//! Requests for a person as a table: what was said of each wait, what that rested on, and what came.

use std::fmt::Write as _;

use crate::store::StoredRequest;

/// CSV (RFC 4180), one line for each request, after a line of names. Times are milliseconds since 1970, waits are
/// milliseconds. It holds no text and no name.
pub fn waits(requests: &[StoredRequest]) -> String {
    let mut table = String::from(
        "receipt,requested_at,place,on_duty,from_ms,to_ms,waits,waits_since,taken_at,wait_ms,came_true\r\n",
    );
    for request in requests {
        let outlook = &request.outlook;
        let wait_ms = request
            .taken_at
            .map(|taken_at| taken_at.since_ms(request.requested_at));
        let estimate = outlook.estimate;
        let range = estimate.map(|estimate| estimate.range);
        let came_true = range.zip(wait_ms).map(|(range, wait_ms)| {
            let is_within = (range.from_ms..=range.to_ms).contains(&wait_ms);
            if is_within { "yes" } else { "no" }
        });
        let cells = [
            outlook.receipt.to_string(),
            request.requested_at.0.to_string(),
            outlook.place.to_string(),
            outlook.on_duty.to_string(),
            or_empty(range.map(|range| range.from_ms)),
            or_empty(range.map(|range| range.to_ms)),
            or_empty(estimate.map(|estimate| estimate.waits)),
            or_empty(estimate.map(|estimate| estimate.since.0)),
            or_empty(request.taken_at.map(|taken_at| taken_at.0)),
            or_empty(wait_ms),
            or_empty(came_true),
        ];
        // Writing to a string does not fail.
        let _ = write!(table, "{}\r\n", cells.join(","));
    }
    table
}

fn or_empty(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use desk::Estimate;
    use protocol::{Receipt, Timestamp, WaitEstimate};

    use super::*;
    use crate::store::Outlook;

    #[test]
    fn each_request_is_a_line_with_what_was_said_and_what_came() {
        let outlook = Outlook {
            receipt: Receipt(7),
            place: 2,
            on_duty: 1,
            estimate: Some(Estimate {
                range: WaitEstimate {
                    from_ms: 60_000,
                    to_ms: 240_000,
                },
                waits: 20,
                since: Timestamp(900),
            }),
        };
        let request = |taken_at: Option<i64>| StoredRequest {
            outlook,
            requested_at: Timestamp(1_000),
            taken_at: taken_at.map(Timestamp),
        };
        let unknown = StoredRequest {
            outlook: Outlook {
                estimate: None,
                ..outlook
            },
            ..request(Some(500))
        };
        let requests = [
            request(Some(61_000)),
            request(Some(2_000)),
            request(None),
            unknown,
        ];
        let table = waits(&requests);
        let lines: Vec<&str> = table.split("\r\n").collect();
        assert_eq!(
            &lines[1..],
            [
                "7,1000,2,1,60000,240000,20,900,61000,60000,yes",
                "7,1000,2,1,60000,240000,20,900,2000,1000,no",
                "7,1000,2,1,60000,240000,20,900,,,",
                // A clock that was turned back gives no negative wait.
                "7,1000,2,1,,,,,500,0,",
                ""
            ]
        );
        assert_eq!(lines[0].split(',').count(), 11);
    }
}
