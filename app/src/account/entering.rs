//! How a session begins and ends.

use domain::{
    Error, FieldError, Result,
    account::{Country, EmailAddress, Join, Password, Relation, SignedIn, display_name},
};

use super::{
    api::{SignInStep, SignInView},
    forms::{JoinFields, wrong},
    paths,
};
use crate::{
    context::SessionChange,
    site,
    ui::form::{Call, Done},
};

/// Where to go on after signing in: a page of this site, or the first one.
pub(super) fn next_path(next: Option<&str>) -> String {
    match next {
        Some(next)
            if next.starts_with('/')
                && next.is_ascii()
                && !next.starts_with("//")
                && !next.contains(['\\', '\r', '\n']) =>
        {
            next.to_owned()
        }
        _ => site::paths::HOME.to_owned(),
    }
}

/// Signed in: the browser is told, and loads the next page whole.
pub(super) fn opened(call: &Call, signed_in: SignedIn, path: &str) -> Done {
    call.set_session(SessionChange::Opened(signed_in));
    Done::anew(path)
}

/// Signed in by the form for that: goes on where the person was, or with the form that waits.
pub(super) async fn entered(
    call: &Call,
    signed_in: SignedIn,
    next: &str,
    kept: String,
) -> Result<Done> {
    let mut path = next_path(Some(next));
    let session = &signed_in.session;
    let viewer = call.services.accounts.authenticate(session).await?;
    let member = viewer.and_then(|viewer| viewer.actor.member());
    if kept.is_empty() && member.is_some_and(|member| member.awaits_second_factor) {
        paths::SECOND_FACTOR.clone_into(&mut path);
    }
    let done = opened(call, signed_in, &path);
    Ok(if kept.is_empty() {
        done
    } else {
        Done::resume(path, kept)
    })
}

/// Another step of signing in.
pub(super) fn go_on(step: SignInStep, next: String, kept: String) -> Result<Done> {
    let kept = Some(kept).filter(|kept| !kept.is_empty());
    Done::show(&SignInView { next, kept, step })
}

/// Signed out.
pub(super) fn closed(call: &Call, path: &str) -> Done {
    call.set_session(SessionChange::Closed);
    Done::anew(path)
}

/// What was entered to join, with the condition looked up.
pub(super) async fn read_join(call: &Call, fields: &JoinFields) -> Result<Join> {
    let mut found: Vec<FieldError> = Vec::new();
    let home = if fields.condition.trim().is_empty() {
        None
    } else {
        let catalogue = &call.services.catalogue;
        match catalogue
            .named(call.actor(), "condition", &fields.condition)
            .await
        {
            Err(error) if !matches!(error, Error::Invalid { .. }) => return Err(error),
            named => wrong(&mut found, named).map(|condition| condition.slug),
        }
    };
    if !found.is_empty() {
        return Err(Error::Invalid { fields: found });
    }
    Ok(Join {
        email: EmailAddress::parse("email", &fields.email)?,
        name: display_name("name", &fields.name)?,
        password: Password::new(&*fields.password),
        relation: Relation::from_name(&fields.relation),
        home,
        country: Country::from_code(&fields.country),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_to_pages_of_this_site_alone() {
        for good in ["/", "/settings/devices", "/search?q=a"] {
            assert_eq!(next_path(Some(good)), good);
        }
        for bad in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "settings",
            "",
            "/search?q=a\r\nx",
        ] {
            assert_eq!(next_path(Some(bad)), "/", "{bad}");
        }
    }
}
