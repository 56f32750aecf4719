//! A participant's rows of the registry's log, to be compared later with what is there then.

use app::registry::ledger_words;
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{registry::OwnData, time::Timestamp};
use serde_json::{Value, json};

use crate::bundle::hex;

/// How a hash is made, for whoever wants to make it again.
const HOW: &str = "hash = SHA-256 of: the text “rareshare registry event 1” and a zero byte; the bytes of \
     “before”; “number” as 8 bytes, the highest first; the length of “participant” in bytes, written in the \
     same way, and “participant”; the length of “sealed” in bytes, in the same way, and the bytes of “sealed”. \
     “before” is the hash of the row before, which may be another participant’s.";

/// The rows, the oldest first.
pub(super) fn copy(data: &OwnData, now: Timestamp) -> Value {
    let rows: Vec<Value> = data
        .rows
        .iter()
        .map(|row| {
            json!({
                "number": row.number,
                "time": row.line.at.rfc3339(),
                "what": ledger_words(&row.line.what),
                "event": row.line.what,
                "before": hex(&row.before),
                "sealed": STANDARD.encode(&row.sealed),
                "hash": hex(&row.hash),
            })
        })
        .collect();
    json!({
        "participant": data.own.pseudonym,
        "made": now.rfc3339(),
        "how": HOW,
        "rows": rows,
    })
}
