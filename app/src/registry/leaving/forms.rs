//! The fields of the form with which somebody leaves.

use domain::registry::Withdrawal;
use serde::Deserialize;

use super::api;
use crate::ui::form::PageForm;

/// `/registry/enrol/{random}/leave`
#[derive(Clone, Debug, Deserialize)]
pub struct WithdrawFields {
    /// The random part of the addresses of the participant's pages.
    pub participant: String,
    /// How far.
    pub grade: Withdrawal,
}

impl PageForm for WithdrawFields {
    type Call = api::Withdraw;
}
