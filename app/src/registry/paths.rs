//! The addresses of the registry.

use domain::registry::EnrolmentPage;

/// What it is.
pub const REGISTRY: &str = "/registry";
/// How researchers work with it.
pub const RESEARCHERS: &str = "/registry/researchers";
/// Whom one has enrolled, and where one begins.
pub const ENROL: &str = "/registry/enrol";

/// How far somebody's enrolment is.
pub fn enrolment(address: &str) -> String {
    format!("{ENROL}/{address}")
}

/// A page of somebody's enrolment.
pub fn step(address: &str, page: EnrolmentPage) -> String {
    format!("{ENROL}/{address}/{}", page.as_str())
}
