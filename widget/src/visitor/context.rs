//! What the shop's page says of the visitor, as it comes over the bridge.

use protocol::{BadContext, Context, ContextValue, checked_context};

use crate::json::Value;

/// Reads what a shop's page says: a flat object.
///
/// # Errors
///
/// [`BadContext`] if it is something else, or too much.
pub fn read(said: &Value) -> Result<Context, BadContext> {
    let Value::Object(fields) = said else {
        return Err(BadContext);
    };
    let value = |(name, value): &(String, Value)| {
        let value = match value {
            Value::Text(text) => ContextValue::Text(text.clone()),
            Value::Number(number) => ContextValue::Number(number.to_string()),
            Value::Fraction(number) => ContextValue::Number(number.clone()),
            Value::Bool(value) => ContextValue::Bool(*value),
            Value::Null => ContextValue::Null,
            Value::List(_) | Value::Object(_) => return Err(BadContext),
        };
        Ok((name.clone(), value))
    };
    let values = fields.iter().map(value).collect::<Result<_, _>>()?;
    checked_context(Context(values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_object_is_read_as_it_is_and_nothing_else_is() {
        let context = read(&Value::of(
            r#"{"order":"LO-20417","total":129.5,"items":3,"large":1e+21,"member":true,"coupon":null}"#,
        ));
        let texts: Vec<String> = context
            .unwrap()
            .0
            .iter()
            .map(|(name, value)| format!("{name} {value:?}"))
            .collect();
        assert_eq!(
            texts,
            [
                "order Text(\"LO-20417\")",
                "total Number(\"129.5\")",
                "items Number(\"3\")",
                "large Number(\"1e+21\")",
                "member Bool(true)",
                "coupon Null",
            ]
        );
        let long = format!(r#"{{"order":"{}"}}"#, "x".repeat(501));
        for bad in [
            "",
            "null",
            "[]",
            "7",
            r#"{"a":{"b":1}}"#,
            r#"{"a":[1]}"#,
            &long,
        ] {
            assert_eq!(read(&Value::of(bad)), Err(BadContext), "{bad}");
        }
        assert_eq!(read(&Value::of("{}")), Ok(Context::default()));
    }
}
