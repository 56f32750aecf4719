//! The forms of moderators, and of appeals.

use domain::policy::Action;

use crate::sendings::{Form, form};

pub(crate) const TABLE: &[Form] = {
    use Action::{Appeal, DecideAppeals, ModerateContent, ModerateMembers, SetContentNotes};
    const POST: &str = "/admin/topics/{id}/posts/{number}";
    const APPEAL: &str = "/admin/appeals/{id}";
    const MEMBER: &str = "/admin/members/{handle}";
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
            "/topics/{id}/{words}/posts/{number}/note",
            "form=moderation/set-note&id=0000000000&number=1&content_note=A+walk",
            SetContentNotes,
        ),
        form(
            POST,
            "form=moderation/warn-author&key=walk&id={topic}&number=1&reason=A+walk",
            ModerateMembers,
        ),
        form(
            MEMBER,
            "form=admin/warn-member&key=walk&handle={other}&reason=A+walk",
            ModerateMembers,
        ),
        // Longer than moderators suspend: who is suspended could not be reported by those who come after.
        form(
            MEMBER,
            "form=admin/suspend-member&key=walk&handle={other}&length=no-end&reason=A+walk",
            ModerateMembers,
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
