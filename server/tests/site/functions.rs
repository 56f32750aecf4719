//! Every function of the site, and what calling it is to the policy: those that pages read by, and
//! those that take forms.

use std::collections::BTreeSet;

use axum::http::Method;
use domain::policy::Action;
use leptos::server_fn::axum::server_fn_paths;

use crate::{Answer, Site, percent};

/// A function that a page reads by, with arguments as in [`Places`](crate::addresses::Places).
pub(crate) struct Read {
    /// The address without `/api/`.
    pub(crate) name: &'static str,
    /// As in an address, or in the body where it is posted.
    pub(crate) arguments: &'static str,
    pub(crate) reads: Action,
    /// How it may answer who is permitted to ask.
    pub(crate) answers: &'static [&'static str],
}

const fn read(name: &'static str, arguments: &'static str, reads: Action) -> Read {
    Read {
        name,
        arguments,
        reads,
        answers: &["Found"],
    }
}

const fn leads_on(name: &'static str, arguments: &'static str, reads: Action) -> Read {
    Read {
        answers: &["Found", "Moved"],
        ..read(name, arguments, reads)
    }
}

impl Read {
    /// The address that a browser reads; empty where it is posted.
    pub(crate) fn address(&self) -> String {
        if method(self.name) == Method::GET {
            format!("/api/{}?{}", self.name, self.arguments)
        } else {
            String::new()
        }
    }
}

/// By which method a function is called.
pub(crate) fn method(name: &str) -> Method {
    server_fn_paths()
        .find(|(path, _)| path.strip_prefix("/api/") == Some(name))
        .unwrap_or_else(|| panic!("{name} is no function"))
        .1
}

impl Site {
    /// Calls a function that a page reads by.
    pub(crate) async fn read(&self, name: &str, arguments: &str, cookie: &str) -> Answer {
        let path = format!("/api/{name}");
        if method(name) == Method::GET {
            self.get_with(&format!("{path}?{arguments}"), &[("cookie", cookie)])
                .await
        } else {
            self.send_body(&path, cookie, arguments).await
        }
    }
}

pub(crate) const READS: &[Read] = {
    use Action::{EnterAccount, ReadCatalogue, ReadOwnAccount, ReadProfiles, SearchCatalogue};
    &[
        leads_on("account/join-page", "", EnterAccount),
        leads_on("account/sign-in-page", "next=%2Fsettings", EnterAccount),
        leads_on("account/sign-out-page", "", EnterAccount),
        read("account/link", "purpose=join&token={link}", EnterAccount),
        read("account/settings-page", "", ReadOwnAccount),
        read("account/own-email", "page=address", ReadOwnAccount),
        read("account/devices-page", "", ReadOwnAccount),
        read(
            "catalogue/condition",
            "slug=multiple-myeloma",
            ReadCatalogue,
        ),
        read("catalogue/list", "letter=m", ReadCatalogue),
        read("catalogue/families", "", ReadCatalogue),
        read(
            "catalogue/family",
            "slug=syndromes-that-affect-several-parts-of-the-body",
            ReadCatalogue,
        ),
        read("catalogue/search", "query=myeloma&from=0", SearchCatalogue),
        leads_on("catalogue/code", "system=ORPHA&value=29073", ReadCatalogue),
        read("site/overview", "", ReadCatalogue),
        read("site/sources", "", ReadCatalogue),
        read("site/text", "kind=privacy", ReadCatalogue),
        read("profile/member", "handle={other}", ReadProfiles),
        read("profile/members", "slug=multiple-myeloma", ReadProfiles),
        read("profile/own", "", ReadOwnAccount),
        read("profile/own-picture", "", ReadOwnAccount),
        read("profile/own-conditions", "", ReadOwnAccount),
        read("profile/preview", "by=community", ReadOwnAccount),
        read("wiki/history", "slug=multiple-myeloma", ReadCatalogue),
        read(
            "wiki/comparison",
            "slug=multiple-myeloma&kind=cause&from={number}&to={number}",
            ReadCatalogue,
        ),
        read(
            "wiki/revision",
            "slug=multiple-myeloma&number={number}",
            ReadCatalogue,
        ),
        read("wiki/reviews", "", ReadCatalogue),
        read("wiki/proposals", "", ReadOwnAccount),
        // Pages of the old kind, of which this is nobody's.
        Read {
            answers: &["Refused"],
            ..read("page", "address=/proposals/0000000000", ReadOwnAccount)
        },
    ]
};

/// A form: the shape of its page, what is sent, and what that is to the policy.
pub(crate) struct Form {
    pub(crate) route: &'static str,
    pub(crate) body: &'static str,
    pub(crate) does: Action,
}

const fn form(route: &'static str, body: &'static str, does: Action) -> Form {
    Form { route, body, does }
}

impl Form {
    /// The name of its function, in which a slash is; those of pages of the old kind have none.
    pub(crate) fn name(&self) -> &'static str {
        let name = self.body.strip_prefix("form=").unwrap();
        name.split('&').next().unwrap()
    }

    /// Whether it has a function.
    pub(crate) fn is_called(&self) -> bool {
        self.name().contains('/')
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

pub(crate) const FORMS: &[Form] = {
    use Action::{
        ChangeProfile, ControlOwnAccount, EnterAccount, LookAfterAccounts, ProtectSections,
        ReadOwnAccount, ReviewSections, WriteSection,
    };
    const EDIT: &str = "/communities/{slug}/sections/{kind}/edit";
    const ENTRY: &str = "/communities/{slug}/sections/{kind}/entries/{id}";
    const PROTECT: &str = "/communities/{slug}/sections/{kind}/protect";
    const REVISION: &str = "/communities/{slug}/revisions/{number}";
    const REVIEW: &str = "/communities/{slug}/revisions/{number}/review";
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
            "/settings/conditions",
            "form=profile/add-condition&condition=Multiple+myeloma&audience=only-me",
            ChangeProfile,
        ),
        form(
            "/settings/conditions",
            "form=profile/change-condition&slug=multiple-myeloma&audience=only-me&home=yes",
            ChangeProfile,
        ),
        form(
            "/settings/conditions",
            "form=profile/remove-condition&slug=multiple-myeloma",
            ChangeProfile,
        ),
        form(EDIT, "form=edit&action=preview&text=A+text.", WriteSection),
        form(ENTRY, "form=show", WriteSection),
        form(PROTECT, "form=end&reason=A+walk", ProtectSections),
        form(
            REVISION,
            "form=wiki/restore&key=walk&slug=multiple-myeloma&number={number}&kind=cause&summary=",
            WriteSection,
        ),
        form(REVIEW, "form=review&interests=None", ReviewSections),
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
            "form=admin/suspend&handle={other}&reason=A+walk",
            LookAfterAccounts,
        ),
        form(
            PERSON,
            "form=admin/restore&handle={other}&reason=A+walk",
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

#[tokio::test]
async fn no_function_answers_by_another_method() {
    let site = Site::open().await;
    for (path, method) in server_fn_paths() {
        let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
        for other in methods
            .into_iter()
            .filter(|other| *other != method.as_str())
        {
            let request = axum::http::Request::builder()
                .method(other)
                .uri(format!("{path}?slug={}", percent("multiple-myeloma")))
                .header("sec-fetch-site", "same-origin")
                .header("content-type", "application/json")
                .body(axum::body::Body::from("{\"posted\":[]}"))
                .unwrap();
            let answer = site.ask(request).await;
            let status = answer.status.as_u16();
            assert!([404, 405].contains(&status), "{other} {path}: {status}");
        }
    }
}

#[test]
fn every_form_and_every_function_is_in_the_table() {
    let listed: BTreeSet<(&str, &str)> = FORMS
        .iter()
        .filter(|form| form.is_called())
        .map(|form| (form.route, form.name()))
        .collect();
    let forms = app::routes::forms();
    let written: BTreeSet<(&str, &str)> = forms
        .iter()
        .map(|(page, form)| (*page, form.name))
        .collect();
    assert_eq!(listed, written);

    let listed: BTreeSet<String> = READS
        .iter()
        .map(|read| read.name)
        .chain(listed.into_iter().map(|(_, name)| name))
        .map(|name| format!("/api/{name}"))
        .collect();
    let written: BTreeSet<String> = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    assert_eq!(listed, written);
}
