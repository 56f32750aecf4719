//! The forms of what people follow and of email about it, for the table of all forms.

use domain::policy::Action::{EnterAccount, ReadOwnAccount};

use crate::sendings::{Form, form};

const CONDITION: &str = "/communities/{slug}";
const DISCUSSIONS: &str = "/communities/{slug}/discussions";

pub(crate) const TABLE: &[Form] = &[
    form(
        "/topics/{id}/{words}",
        "form=community/follow&kind=&id={topic}&words=a-walk&after=",
        ReadOwnAccount,
    ),
    form(
        "/topics/{id}/{words}",
        "form=community/stop-following&kind=&id={topic}&words=a-walk&after=",
        ReadOwnAccount,
    ),
    form(
        "/notifications",
        "form=community/mark-read&until=0",
        ReadOwnAccount,
    ),
    form(
        CONDITION,
        "form=community/follow-condition&slug=multiple-myeloma&what=page",
        ReadOwnAccount,
    ),
    form(
        CONDITION,
        "form=community/stop-following-condition&slug=multiple-myeloma&what=page",
        ReadOwnAccount,
    ),
    form(
        DISCUSSIONS,
        "form=community/follow-condition&slug=multiple-myeloma&what=discussions",
        ReadOwnAccount,
    ),
    form(
        DISCUSSIONS,
        "form=community/stop-following-condition&slug=multiple-myeloma&what=discussions",
        ReadOwnAccount,
    ),
    form(
        "/settings/notifications",
        "form=community/choose-mail&replies=daily&mentions=never&topics=at-once&communities=never",
        ReadOwnAccount,
    ),
    form(
        "/unsubscribe/{token}",
        "form=community/unsubscribe&token={link}",
        EnterAccount,
    ),
];
