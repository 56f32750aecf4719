//! What these pages get from the server.

use domain::{
    registry::{Enrolment, LedgerLine, Step},
    time::CalendarDate,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use crate::{
    account, context,
    registry::{api::for_holders, paths},
};
use crate::{answer::Answer, registry::api::EnrolmentLine};
#[cfg(feature = "ssr")]
use domain::registry::{
    EnrolmentPage, OwnLedger,
    screening::{Answer as Answered, Contact, Question},
};

/// Everything that is known of a participant.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DataView {
    /// The random part of the addresses of their pages.
    pub address: String,
    /// What they are called where their name is not known.
    pub pseudonym: String,
    /// The day on which the enrolment was begun.
    pub begun_on: CalendarDate,
    /// Answers, signatures and permissions.
    pub enrolment: Enrolment,
    /// What comes next.
    pub step: Step,
    /// The email address of the account, if that is how one is reached.
    pub email: Option<String>,
}

/// All that has happened with everybody whom an account has enrolled.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HistoryView {
    /// Everybody, the first enrolled first.
    pub people: Vec<EnrolmentLine>,
    /// The newest first.
    pub lines: Vec<HistoryLine>,
}

/// Something that has happened with one of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HistoryLine {
    /// With whom: their place among all.
    pub of: usize,
    /// What, and when.
    pub line: LedgerLine,
}

#[cfg(feature = "ssr")]
impl HistoryView {
    fn of(ledgers: Vec<OwnLedger>) -> Self {
        let (mut people, mut lines) = (Vec::new(), Vec::new());
        for (of, ledger) in ledgers.into_iter().enumerate() {
            people.push(EnrolmentLine::of(ledger.own));
            let those = ledger.lines.into_iter();
            lines.extend(those.map(|line| HistoryLine { of, line }));
        }
        // What happened to one at the same moment stays in its order.
        lines.sort_by_key(|line| std::cmp::Reverse(line.line.at));
        Self { people, lines }
    }
}

/// Everything that is known of somebody.
#[server(input = GetUrl, prefix = "/api", endpoint = "registry/data")]
pub async fn read_data(address: String) -> Result<Answer<DataView>, ServerFnError> {
    let data = data_view(&address).await;
    Ok(for_holders(data, &address, EnrolmentPage::Data))
}

#[cfg(feature = "ssr")]
async fn data_view(address: &str) -> domain::Result<DataView> {
    let (services, actor) = (context::services(), context::actor());
    let data = services.registry.own_data(actor, address).await?;
    let contact = data.own.enrolment.screening.answer(Question::Contact);
    let email = if contact == Some(&Answered::Contact(Contact::Email)) {
        let account = services.accounts.account(actor).await?;
        Some(account.email.as_str().to_owned())
    } else {
        None
    };
    Ok(DataView {
        address: data.own.address,
        pseudonym: data.own.pseudonym,
        begun_on: data.begun_on,
        enrolment: data.own.enrolment,
        step: data.own.step,
        email,
    })
}

/// What has happened with somebody, the newest first.
#[server(input = GetUrl, prefix = "/api", endpoint = "registry/ledger")]
pub async fn read_ledger(address: String) -> Result<Answer<Vec<LedgerLine>>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let lines = services.registry.ledger(actor, &address).await;
    Ok(match for_holders(lines, &address, EnrolmentPage::Ledger) {
        Answer::Found(lines) if lines.is_empty() => Answer::elsewhere(paths::enrolment(&address)),
        answer => answer,
    })
}

/// All that has happened with everybody whom one has enrolled.
#[server(input = GetUrl, prefix = "/api", endpoint = "registry/history")]
pub async fn read_history() -> Result<Answer<HistoryView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let ledgers = services.registry.ledgers(actor).await;
    let history = ledgers.map(HistoryView::of);
    Ok(account::for_members(history, paths::HISTORY))
}
