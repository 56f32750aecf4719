//! How often one person may do what costs others time or room.

use std::time::Duration;

use super::publishing::answers_for_texts;
use crate::{
    Error,
    account::{Member, Trust},
};

/// What is counted for each account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quota {
    /// Changes that wait for review.
    Proposals,
    /// Changes that are published at once.
    Edits,
    /// Drafts that are begun; going on with one counts for nothing.
    Drafts,
    /// Changes of the profile and of what it shows to whom.
    ProfileChanges,
    /// Pictures that are sent, whether they can be read or not: reading one is work.
    Uploads,
    /// Conditions that are added to the profile. Each opens what people show to one community, so
    /// nobody may go through all of them.
    AddedConditions,
    /// Topics that are started.
    Topics,
    /// Questions that are asked.
    Questions,
    /// Posts that are written in topics, or edited.
    Posts,
    /// Posts that are shown as they would look: making one is work.
    Previews,
    /// Resources that are suggested.
    Suggestions,
    /// People who are invited to lead a community, whether they can be or not: asking tells whether
    /// somebody is in it.
    Appointments,
    /// Communities that are asked for.
    CommunityRequests,
    /// Pages of lists of members behind the first: nobody may collect who is where.
    MemberPages,
    /// Reactions that are given.
    Reactions,
    /// People who are muted.
    Mutes,
    /// What is reported to moderators.
    Reports,
    /// People who begin to be enrolled in the registry.
    Enrolments,
    /// Answers in the registry.
    RegistryAnswers,
    /// Links by which a participant is handed over: each can be a letter to anybody.
    HandOvers,
    /// Codes of participants that staff look up, whether there are such or not: nobody may go through them.
    ParticipantLookups,
}

impl Quota {
    /// All of them.
    pub const ALL: [Self; 21] = [
        Self::Proposals,
        Self::Edits,
        Self::Drafts,
        Self::ProfileChanges,
        Self::Uploads,
        Self::AddedConditions,
        Self::Topics,
        Self::Questions,
        Self::Posts,
        Self::Previews,
        Self::Suggestions,
        Self::Appointments,
        Self::CommunityRequests,
        Self::MemberPages,
        Self::Reactions,
        Self::Mutes,
        Self::Reports,
        Self::Enrolments,
        Self::RegistryAnswers,
        Self::HandOvers,
        Self::ParticipantLookups,
    ];

    /// The name under which it is counted.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proposals => "proposals",
            Self::Edits => "edits",
            Self::Drafts => "drafts",
            Self::ProfileChanges => "profile-changes",
            Self::Uploads => "uploads",
            Self::AddedConditions => "added-conditions",
            Self::Topics => "topics",
            Self::Questions => "questions",
            Self::Posts => "posts",
            Self::Previews => "previews",
            Self::Suggestions => "suggestions",
            Self::Appointments => "appointments",
            Self::CommunityRequests => "community-requests",
            Self::MemberPages => "member-pages",
            Self::Reactions => "reactions",
            Self::Mutes => "mutes",
            Self::Reports => "reports",
            Self::Enrolments => "enrolments",
            Self::RegistryAnswers => "registry-answers",
            Self::HandOvers => "hand-overs",
            Self::ParticipantLookups => "participant-lookups",
        }
    }

    /// The time in which so many are allowed.
    pub fn period(self) -> Duration {
        match self {
            Self::AddedConditions
            | Self::Drafts
            | Self::Topics
            | Self::Questions
            | Self::Suggestions
            | Self::Appointments
            | Self::CommunityRequests
            | Self::MemberPages
            | Self::Reports
            | Self::Enrolments
            | Self::HandOvers => Duration::from_hours(24),
            _ => Duration::from_hours(1),
        }
    }

    /// How many this person may do in that time. Trust in somebody's texts says nothing about whom
    /// they may look at, so that it adds no conditions.
    pub fn most(self, member: Member) -> i64 {
        let [new, known, trusted] = match self {
            Self::Proposals => [10, 20, 60],
            Self::Edits => [10, 60, 120],
            Self::Drafts => [40, 100, 200],
            Self::ProfileChanges | Self::Mutes => [30, 60, 60],
            Self::Uploads => [10, 20, 20],
            Self::Topics | Self::Questions | Self::Suggestions => [5, 15, 30],
            Self::Posts => [20, 60, 120],
            Self::Previews | Self::Reactions => [60, 120, 240],
            Self::CommunityRequests => [3, 5, 10],
            Self::Reports => [15, 30, 60],
            Self::AddedConditions | Self::Appointments | Self::Enrolments | Self::HandOvers => {
                return 10;
            }
            Self::RegistryAnswers => return 300,
            // Each page that staff open counts, and a form that comes back.
            Self::ParticipantLookups => return 120,
            Self::MemberPages => return 40,
        };
        match member.trust {
            _ if answers_for_texts(member) => 5 * trusted,
            Trust::New => new,
            Trust::Known => known,
            Trust::Trusted => trusted,
        }
    }

    /// What who has done it `most` times is told.
    pub fn used_up(self, most: i64) -> Error {
        let (what, again) = match self {
            Self::Proposals => ("sent {} changes for review in an hour", "in an hour"),
            Self::Edits => ("published {} changes in an hour", "in an hour"),
            Self::Drafts => ("begun {} drafts in a day", "tomorrow"),
            Self::ProfileChanges => ("changed your profile {} times in an hour", "in an hour"),
            Self::Uploads => ("sent {} pictures in an hour", "in an hour"),
            Self::AddedConditions => ("added {} conditions in a day", "tomorrow"),
            Self::Topics => ("started {} discussions in a day", "tomorrow"),
            Self::Questions => ("asked {} questions in a day", "tomorrow"),
            Self::Suggestions => ("suggested {} resources in a day", "tomorrow"),
            Self::Appointments => ("invited {} leaders in a day", "tomorrow"),
            Self::CommunityRequests => ("asked for {} communities in a day", "tomorrow"),
            Self::MemberPages => {
                return Error::LimitReached {
                    message: format!(
                        "You have looked at {most} further pages of members in a day, which is the limit. It keeps people from being listed. Try again tomorrow."
                    ),
                };
            }
            Self::Reports => ("sent {} reports in a day", "tomorrow"),
            Self::Enrolments => ("begun to enrol {} people in a day", "tomorrow"),
            Self::RegistryAnswers => ("changed {} answers in an hour", "in an hour"),
            Self::HandOvers => ("made {} such links in a day", "tomorrow"),
            Self::ParticipantLookups => ("looked up {} codes in an hour", "in an hour"),
            Self::Posts => ("written or edited {} posts in an hour", "in an hour"),
            Self::Reactions => ("reacted to {} posts in an hour", "in an hour"),
            Self::Mutes => ("muted {} people in an hour", "in an hour"),
            Self::Previews => ("looked at {} previews in an hour", "in an hour"),
        };
        let what = what.replace("{}", &most.to_string());
        let message = match self {
            // Nothing was typed.
            Self::Reactions | Self::Mutes | Self::Enrolments | Self::ParticipantLookups => {
                format!("You have {what}, which is the limit. Try again {again}.")
            }
            _ => format!(
                "You have {what}, which is the limit. Nothing was saved this time. What you entered is still here: try again {again}."
            ),
        };
        Error::LimitReached { message }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::account::{AccountId, Role, Roles, SessionId, Standing};

    fn member(trust: Trust, role: Option<Role>) -> Member {
        Member {
            account: AccountId(Uuid::from_u128(1)),
            session: SessionId(Uuid::from_u128(2)),
            roles: Roles::from_iter(role),
            standing: Standing::Good,
            trust,
            awaits_second_factor: false,
        }
    }

    #[test]
    fn whoever_is_trusted_more_may_do_no_less() {
        for quota in Quota::ALL {
            let most = [
                member(Trust::New, None),
                member(Trust::Known, None),
                member(Trust::Trusted, None),
                member(Trust::New, Some(Role::Moderator)),
            ]
            .map(|member| quota.most(member));
            assert!(most.is_sorted() && most[0] > 0, "{quota:?} {most:?}");
        }
    }

    #[test]
    fn the_limit_is_told_in_words() {
        let told = Quota::Proposals.used_up(10).to_string();
        assert!(told.starts_with("You have sent 10 changes for review in an hour"));
        assert_eq!(Quota::Uploads.used_up(1).status(), 429);
        let told = Quota::Reactions.used_up(60).to_string();
        let words =
            "You have reacted to 60 posts in an hour, which is the limit. Try again in an hour.";
        assert_eq!(told, words);
    }
}
