//! Every form of the site, and what sending it is to the policy.

use std::{collections::BTreeSet, sync::LazyLock};

use domain::policy::Action;

use crate::{
    community_sendings, leading_sendings, moderation_sendings, notification_sendings,
    question_sendings, registry_sendings,
};

/// A form: the shape of its page, what is sent, and what that is to the policy.
pub(crate) struct Form {
    pub(crate) route: &'static str,
    pub(crate) body: &'static str,
    pub(crate) does: Action,
}

pub(crate) const fn form(route: &'static str, body: &'static str, does: Action) -> Form {
    Form { route, body, does }
}

impl Form {
    /// The name of its function.
    pub(crate) fn name(&self) -> &'static str {
        let name = self.body.strip_prefix("form=").unwrap();
        name.split('&').next().unwrap()
    }

    /// Whether it is for administrators, on pages without a script: nothing calls its function.
    pub(crate) fn is_plain(&self) -> bool {
        self.route.starts_with("/admin/")
    }

    /// Whether nobody can send anything else after it.
    pub(crate) fn ends_the_session(&self) -> bool {
        self.name() == "account/sign-out"
    }
}

/// All forms that leave the session as it is, then those that end it.
pub(crate) fn forms() -> impl Iterator<Item = &'static Form> {
    let of = |ends: bool| {
        FORMS
            .iter()
            .copied()
            .filter(move |form| form.ends_the_session() == ends)
    };
    of(false).chain(of(true))
}

/// The pairs of a body.
pub(crate) fn pairs(body: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(body.as_bytes())
        .into_owned()
        .collect()
}

/// All of them.
pub(crate) static FORMS: LazyLock<Vec<&Form>> = LazyLock::new(|| {
    TABLE
        .iter()
        .chain(community_sendings::TABLE)
        .chain(leading_sendings::TABLE)
        .chain(moderation_sendings::TABLE)
        .chain(notification_sendings::TABLE)
        .chain(question_sendings::TABLE)
        .chain(registry_sendings::TABLE)
        .collect()
});

const TABLE: &[Form] = {
    use Action::{
        ChangeProfile, ControlOwnAccount, DecideHeldTexts, DecideProposals, EnterAccount,
        LookAfterAccounts, ProtectSections, ReadOwnAccount, ReviewSections, SayWhatHelped,
        SetUpSecondFactor, WriteSection,
    };
    const EDIT: &str = "/communities/{slug}/sections/{kind}/edit";
    const ENTRY: &str = "/communities/{slug}/sections/{kind}/entries/{id}";
    const PROTECT: &str = "/communities/{slug}/sections/{kind}/protect";
    const REVISION: &str = "/communities/{slug}/revisions/{number}";
    const REVIEW: &str = "/communities/{slug}/revisions/{number}/review";
    const PROPOSAL: &str = "/proposals/{id}";
    const HELD: &str = "/admin/held-texts/{id}";
    const PERSON: &str = "/admin/people/{handle}";
    &[
        form(
            "/join",
            "form=account/join&key=walk&email=walk%40example.org&name=Walk&password=four+gardens+without+a+fence&relation=&condition=&country=&age=yes&terms=yes",
            EnterAccount,
        ),
        form(
            "/confirm/{token}",
            "form=account/confirm&token={link}&password=four+gardens+without+a+fence",
            EnterAccount,
        ),
        form(
            "/sign-in",
            "form=account/sign-in&email=nobody%40example.org&password=wrong&next=&kept=",
            EnterAccount,
        ),
        form(
            "/sign-in",
            "form=account/sign-in-code&begun={link}&code=123456&next=&kept=",
            EnterAccount,
        ),
        form("/sign-out", "form=account/sign-out", ReadOwnAccount),
        form(
            "/forgotten-password",
            "form=account/forgotten-password&key=walk&email=nobody%40example.org",
            EnterAccount,
        ),
        form(
            "/new-password/{token}",
            "form=account/new-password&token={link}&password=five+gardens+without+a+fence",
            EnterAccount,
        ),
        form(
            "/new-address/{token}",
            "form=account/new-address&token={link}",
            EnterAccount,
        ),
        form(
            "/settings",
            "form=account/about&relation=&country=",
            ChangeProfile,
        ),
        form(
            "/settings/password",
            "form=account/password&present=wrong&password=five+gardens+without+a+fence",
            ControlOwnAccount,
        ),
        form(
            "/settings/address",
            "form=account/address&key=walk&email=a%40example.org&present=wrong",
            ControlOwnAccount,
        ),
        form(
            "/settings/second-factor",
            "form=account/second-factor-begin&present=wrong",
            SetUpSecondFactor,
        ),
        form(
            "/settings/second-factor",
            "form=account/second-factor-set-up&code=123456",
            SetUpSecondFactor,
        ),
        form(
            "/settings/second-factor",
            "form=account/recovery-codes&present=wrong&code=123456",
            SetUpSecondFactor,
        ),
        form(
            "/settings/second-factor",
            "form=account/second-factor-off&present=wrong&code=123456",
            SetUpSecondFactor,
        ),
        form("/settings/devices", "form=account/sign-out", ReadOwnAccount),
        form(
            "/settings/devices",
            "form=account/sign-out-device&device=0000000000000000",
            ReadOwnAccount,
        ),
        form(
            "/settings/devices",
            "form=account/sign-out-others",
            ReadOwnAccount,
        ),
        form(
            "/settings/delete",
            "form=account/delete&present=wrong",
            ControlOwnAccount,
        ),
        form(
            "/settings/profile",
            "form=profile/change&name=Somebody&name-audience=members&about=&about-audience=members&listed-audience=members",
            ChangeProfile,
        ),
        form(
            "/settings/picture",
            "form=profile/picture-audience&audience=only-me",
            ChangeProfile,
        ),
        form(
            "/settings/picture",
            "form=profile/picture&audience=only-me",
            ChangeProfile,
        ),
        form(
            "/settings/picture",
            "form=profile/remove-picture",
            ChangeProfile,
        ),
        form(
            "/communities/{slug}",
            "form=wiki/helped&slug=multiple-myeloma&id={tip}&helped=yes",
            SayWhatHelped,
        ),
        form(
            EDIT,
            "form=wiki/edit&key=walk&slug=multiple-myeloma&kind=cause&base=&text=A+text.&summary=&action=preview",
            WriteSection,
        ),
        form(
            EDIT,
            "form=wiki/drop-draft&slug=multiple-myeloma&kind=cause",
            WriteSection,
        ),
        form(
            EDIT,
            "form=wiki/add-name&key=walk&slug=multiple-myeloma&name=A+walk&scope=related",
            WriteSection,
        ),
        form(
            EDIT,
            "form=wiki/add-code&key=walk&slug=multiple-myeloma&code=ORPHA:9999999",
            WriteSection,
        ),
        form(
            EDIT,
            "form=wiki/add-tip&key=walk&slug=multiple-myeloma&name=Walk&description=Often.",
            WriteSection,
        ),
        form(
            EDIT,
            "form=wiki/add-reference&key=walk&slug=multiple-myeloma&title=A+walk&source=&year=&identifiers=",
            WriteSection,
        ),
        form(
            ENTRY,
            "form=wiki/helped&slug=multiple-myeloma&id={tip}&helped=no",
            SayWhatHelped,
        ),
        form(
            ENTRY,
            "form=wiki/amend-tip&key=walk&slug=multiple-myeloma&id={tip}&base=&name=Walk&description=Daily.",
            WriteSection,
        ),
        form(
            ENTRY,
            "form=wiki/amend-reference&key=walk&slug=multiple-myeloma&id=imwg-2014&base=&title=A+walk&source=&year=&identifiers=",
            WriteSection,
        ),
        form(
            ENTRY,
            "form=wiki/hide-entry&key=walk&slug=multiple-myeloma&kind=references&id=imwg-2014&base=&reason=A+walk",
            WriteSection,
        ),
        form(
            ENTRY,
            "form=wiki/show-entry&key=walk&slug=multiple-myeloma&kind=references&id=imwg-2014&base=",
            WriteSection,
        ),
        form(
            PROTECT,
            "form=wiki/protect&slug=multiple-myeloma&kind=prognosis&protection=trusted&days=7&reason=A+walk",
            ProtectSections,
        ),
        form(
            PROTECT,
            "form=wiki/end-protection&slug=multiple-myeloma&kind=prognosis&reason=A+walk",
            ProtectSections,
        ),
        form(
            REVISION,
            "form=wiki/restore&key=walk&slug=multiple-myeloma&number={number}&kind=cause&summary=",
            WriteSection,
        ),
        form(
            REVIEW,
            "form=wiki/review&slug=multiple-myeloma&number={number}&interests=None",
            ReviewSections,
        ),
        form(
            PROPOSAL,
            "form=wiki/accept&id=0000000000&base=&text=A+text.",
            DecideProposals,
        ),
        form(
            PROPOSAL,
            "form=wiki/accept-tip&id=0000000000&base=&name=Walk&description=Often.",
            DecideProposals,
        ),
        form(
            PROPOSAL,
            "form=wiki/accept-reference&id=0000000000&base=&title=A+walk&source=&year=&identifiers=",
            DecideProposals,
        ),
        form(
            PROPOSAL,
            "form=wiki/accept-entry&id=0000000000&base=",
            DecideProposals,
        ),
        form(
            PROPOSAL,
            "form=wiki/decline&id=0000000000&reason=A+walk",
            DecideProposals,
        ),
        form(HELD, "form=held-texts/show&id=0000000000", DecideHeldTexts),
        form(
            HELD,
            "form=held-texts/attach&id=0000000000&condition=Multiple+myeloma",
            DecideHeldTexts,
        ),
        form(
            HELD,
            "form=held-texts/discard&id=0000000000",
            DecideHeldTexts,
        ),
        form(
            "/admin/member-lists",
            "form=admin/note-walk&handle={other}&day=20000",
            LookAfterAccounts,
        ),
        form(
            PERSON,
            "form=admin/grant&handle={other}&role=expert&reason=A+walk",
            LookAfterAccounts,
        ),
        form(
            PERSON,
            "form=admin/revoke&handle={other}&role=expert&reason=A+walk",
            LookAfterAccounts,
        ),
        form(
            PERSON,
            "form=admin/warn&key=walk&handle={other}&reason=A+walk",
            LookAfterAccounts,
        ),
        form(
            PERSON,
            "form=admin/suspend&handle={other}&length=day&reason=A+walk",
            LookAfterAccounts,
        ),
        form(
            PERSON,
            "form=admin/restore&handle={other}&reason=A+walk",
            LookAfterAccounts,
        ),
        form(
            PERSON,
            "form=admin/end-sessions&handle={other}&reason=A+walk",
            LookAfterAccounts,
        ),
    ]
};

/// How a function is called for a form's body.
pub(crate) fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

#[test]
fn every_form_is_in_the_table() {
    let listed: BTreeSet<(&str, &str)> =
        FORMS.iter().map(|form| (form.route, form.name())).collect();
    assert_eq!(listed.len(), FORMS.iter().count(), "a form is there twice");
    let forms = app::routes::forms();
    let written: BTreeSet<(&str, &str)> = forms
        .iter()
        .map(|(page, form)| (*page, form.name))
        .collect();
    assert_eq!(listed, written);
}
