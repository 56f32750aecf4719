//! The addresses of the registry.

use domain::registry::{EnrolmentPage, consent::Signature};

/// What it is.
pub const REGISTRY: &str = "/registry";
/// How researchers work with it.
pub const RESEARCHERS: &str = "/registry/researchers";
/// Where they write to the staff.
pub const ASK: &str = "/registry/researchers/ask";
/// Whom one has enrolled, and where one begins.
pub const ENROL: &str = "/registry/enrol";
/// All that has happened with everybody whom one has enrolled.
pub const HISTORY: &str = "/registry/me";

/// Where the link leads by which somebody takes over.
pub fn take_over(token: &str) -> String {
    format!("/take-over/{token}")
}

/// The desk of the registry's staff.
pub const DESK: &str = "/admin/registry";

/// A participant, for the registry's staff. The code is random, and says nothing.
pub fn desk_participant(pseudonym: &str) -> String {
    format!("{DESK}/{pseudonym}")
}

/// How far somebody's enrolment is.
pub fn enrolment(address: &str) -> String {
    format!("{ENROL}/{address}")
}

/// A page of what researchers ask, on the desk: of what is open, or of what is closed.
pub fn desk_requests(closed: bool, after: Option<&str>) -> String {
    let show = if closed { "closed" } else { "open" };
    let behind = after.map_or_else(String::new, |after| format!("&after={after}"));
    format!("{DESK}?show={show}{behind}#requests-title")
}

/// A page of who has looked at whom, on the desk.
pub fn desk_accesses(after: Option<&str>) -> String {
    let behind = after.map_or_else(String::new, |after| format!("?looked-after={after}"));
    format!("{DESK}{behind}#accesses-title")
}

/// A page of somebody's enrolment.
pub fn step(address: &str, page: EnrolmentPage) -> String {
    format!("{ENROL}/{address}/{}", page.as_str())
}

/// All that is known of somebody, as a file for programs.
pub fn data_file(address: &str) -> String {
    format!("{ENROL}/{address}/data.json")
}

/// All that has happened with somebody, as a file for programs.
pub fn ledger_file(address: &str) -> String {
    format!("{ENROL}/{address}/ledger.json")
}

/// The text that is above a signature, for everybody.
pub fn document(signature: &Signature) -> String {
    let Signature {
        whom,
        language,
        version,
        ..
    } = signature;
    format!(
        "{REGISTRY}/documents/{}/{language}/{version}",
        whom.as_str()
    )
}
