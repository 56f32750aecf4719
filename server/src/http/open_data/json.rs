//! JSON without what no page can show.

use std::io::{Result, Write};

use domain::text::printable as without_signs;
use serde::Serialize;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, Serializer};

/// The value as JSON. Texts from before control characters were taken out when they are stored, and
/// those of sources, come without them.
pub(super) fn printable(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut json = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut json, Printable))?;
    Ok(json)
}

struct Printable;

impl Formatter for Printable {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> Result<()> {
        // A fragment has nothing to escape, but a sign that breaks lines becomes one that has.
        let text = without_signs(fragment).replace('\n', "\\n");
        writer.write_all(text.as_bytes())
    }

    fn write_char_escape<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        escape: CharEscape,
    ) -> Result<()> {
        match escape {
            // What breaks a line elsewhere breaks it here.
            CharEscape::FormFeed | CharEscape::AsciiControl(0xb) => writer.write_all(b"\\n"),
            CharEscape::CarriageReturn | CharEscape::Backspace | CharEscape::AsciiControl(_) => {
                Ok(())
            }
            escape => CompactFormatter.write_char_escape(writer, escape),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_left_out() {
        let text =
            "soft\u{b}break, bell\u{7}, \u{fffe}\u{7f}\u{85}, \\ \"quoted\"\ttab\r\nline \u{1}";
        let json = printable(&vec![text]).unwrap();
        let read: Vec<String> = serde_json::from_slice(&json).unwrap();
        assert_eq!(read, ["soft\nbreak, bell, \n, \\ \"quoted\"\ttab\nline "]);
    }
}
