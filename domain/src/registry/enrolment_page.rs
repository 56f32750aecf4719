//! The pages of an enrolment.

use super::{Step, permissions::Permission, screening::Question};

/// A page of the enrolment that has an address of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnrolmentPage {
    /// A question of step 1.
    Screening(Question),
    /// The consent of whoever enrols.
    Consent,
    /// The assent of the child.
    Assent,
    /// A question of step 3.
    Permissions(Permission),
    /// Where one takes the agreement back.
    Leave,
    /// What has happened.
    Ledger,
    /// Everything that is known.
    Data,
}

impl EnrolmentPage {
    /// The last part of its address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Screening(question) => question.as_str(),
            Self::Consent => "consent",
            Self::Assent => "assent",
            Self::Permissions(permission) => permission.as_str(),
            Self::Leave => "leave",
            Self::Ledger => "ledger",
            Self::Data => "data",
        }
    }

    /// From the last part of its address.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "consent" => Some(Self::Consent),
            "assent" => Some(Self::Assent),
            "leave" => Some(Self::Leave),
            "ledger" => Some(Self::Ledger),
            "data" => Some(Self::Data),
            _ => Question::from_name(name)
                .map(Self::Screening)
                .or_else(|| Permission::from_name(name).map(Self::Permissions)),
        }
    }

    /// Where a step is done; `None` where there is nothing to do.
    pub fn of(step: Step) -> Option<Self> {
        match step {
            Step::Screening(question) => Some(Self::Screening(question)),
            Step::Consent(..) => Some(Self::Consent),
            Step::Assent(..) => Some(Self::Assent),
            Step::Permissions(permission) => Some(Self::Permissions(permission)),
            Step::NotEligible(_) | Step::Enrolled | Step::Majority | Step::Withdrawn(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_by_its_name_alone() {
        let pages = Question::ALL
            .map(EnrolmentPage::Screening)
            .into_iter()
            .chain(Permission::ALL.map(EnrolmentPage::Permissions))
            .chain([
                EnrolmentPage::Consent,
                EnrolmentPage::Assent,
                EnrolmentPage::Leave,
                EnrolmentPage::Ledger,
                EnrolmentPage::Data,
            ]);
        for page in pages {
            assert_eq!(EnrolmentPage::from_name(page.as_str()), Some(page));
        }
        assert_eq!(EnrolmentPage::from_name("no-such-page"), None);
    }
}
