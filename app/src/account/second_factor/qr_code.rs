//! A square that a phone's camera reads (ISO/IEC 18004).

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Light modules that have to be around the code.
#[cfg(feature = "ssr")]
const MARGIN: usize = 4;

/// The dark modules of a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrCode {
    /// Modules in a row, with the margin.
    side: usize,
    /// The dark ones as the path of an SVG.
    path: String,
}

#[cfg(feature = "ssr")]
impl QrCode {
    /// The code of a text.
    pub(super) fn of(text: &str) -> domain::Result<Self> {
        use std::fmt::Write;
        let code = qrcode::QrCode::new(text).map_err(|error| domain::Error::Internal {
            reference: error.to_string(),
        })?;
        let width = code.width();
        let colors = code.to_colors();
        let mut path = String::new();
        for (y, row) in colors.chunks(width).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|one, other| one == other) {
                if run[0] == qrcode::Color::Dark {
                    let length = run.len();
                    let (left, top) = (x + MARGIN, y + MARGIN);
                    let _ = write!(path, "M{left} {top}h{length}v1h-{length}z");
                }
                x += run.len();
            }
        }
        Ok(Self {
            side: width + 2 * MARGIN,
            path,
        })
    }
}

/// Shows a code.
#[component]
pub(super) fn QrCodeImage(
    code: QrCode,
    /// What it is, for whoever does not see it.
    label: &'static str,
) -> impl IntoView {
    let QrCode { side, path } = code;
    view! {
        <svg class="qr-code" role="img" aria-label=label viewBox=format!("0 0 {side} {side}")>
            <path d=path/>
        </svg>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn modules_become_one_path() {
        let code = QrCode::of("otpauth://totp/A:b?secret=JBSWY3DPEHPK3PXP").unwrap();
        // The corner of a finder pattern: seven dark modules, within the margin.
        assert!(code.path.starts_with("M4 4h7v1h-7z"), "{}", code.path);
        assert!(code.side > 21 + 2 * MARGIN);
        assert!(QrCode::of(&"a".repeat(5_000)).is_err());
    }
}
