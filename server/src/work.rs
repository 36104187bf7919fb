//! What somebody worked: their shifts, how long they were on duty on each day, how long without a break, and what they did.
//!
//! Pure: rows in, figures out. A figure about somebody is worked out in the same way whoever looks at it.

mod deeds;
mod period;
mod shifts;
mod statement;

pub use deeds::{Deed, DeedKind, Totals};
pub use period::{BadPeriod, MAX_DAYS, Period, Span};
pub use shifts::{
    BREAK_MS, Shift, ShiftEnd, Turn, WITHOUT_BREAK_MS, by_day, longest_stretch, shifts, stretch_at,
    total, within,
};
pub use statement::statement;
