//! The forms of moderators, and of appeals.

use domain::policy::Action;

use crate::sendings::{Form, form};

pub(crate) const TABLE: &[Form] = {
    use Action::{Appeal, DecideAppeals, ModerateContent};
    const POST: &str = "/admin/topics/{id}/posts/{number}";
    const APPEAL: &str = "/admin/appeals/{id}";
    &[
        form(
            POST,
            "form=moderation/hide-post&id={topic}&number=1&reason=A+walk",
            ModerateContent,
        ),
        form(
            POST,
            "form=moderation/show-post&id={topic}&number=1&reason=A+walk",
            ModerateContent,
        ),
        form(
            POST,
            "form=moderation/lock-topic&id={topic}&number=1&reason=A+walk",
            ModerateContent,
        ),
        form(
            POST,
            "form=moderation/unlock-topic&id={topic}&number=1&reason=A+walk",
            ModerateContent,
        ),
        // Where it is already.
        form(
            POST,
            "form=moderation/move-topic&id={topic}&number=1&condition=Multiple+myeloma&reason=A+walk",
            ModerateContent,
        ),
        form(
            "/decisions/{id}",
            "form=moderation/appeal&id=0000000000&words=A+walk",
            Appeal,
        ),
        form(
            APPEAL,
            "form=moderation/keep-decision&id=0000000000&words=A+walk",
            DecideAppeals,
        ),
        form(
            APPEAL,
            "form=moderation/lift-decision&id=0000000000&words=A+walk",
            DecideAppeals,
        ),
    ]
};
