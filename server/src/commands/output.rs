//! What commands print.

use std::{
    fmt,
    io::{self, Write},
};

/// Like `println!`, which panics when nobody listens: `rareshare import … | head -1` closes the pipe
/// after one line, and by then everything is stored.
macro_rules! say {
    ($($text:tt)*) => {
        $crate::commands::output::line(format_args!($($text)*))
    };
}

pub(super) fn line(text: fmt::Arguments<'_>) {
    // What has been done stays done, whoever reads of it.
    let _ = writeln!(io::stdout().lock(), "{text}");
}
