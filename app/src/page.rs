//! How every page gets its data: one address, one resource, one place that shows the answer.
//!
//! Pages are alike in this, and a resource and a server function for each would cost the browser
//! bundle some ten kilobytes a page. A page is a [`Question`](crate::routes) on the server and a
//! variant of [`PageData`] with its view.

use domain::{
    catalogue::{
        ConditionList, Family, FamilyGroup, Letter, Overview, SearchAnswer, SourceRelease,
    },
    site::{SiteText, TextKind},
};
use leptos::{prelude::*, server::codee};
use leptos_router::hooks::use_location;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use server_fn::codec::GetUrl;

use crate::{
    answer::{Answer, Loaded},
    catalogue::{self, ConditionData},
    form::form_page,
    site, ui,
};

/// What a page shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum PageData {
    /// Of `Question::Home`.
    Home(Overview),
    /// Of `Question::Sources`.
    Sources(Vec<SourceRelease>),
    /// Of `Question::Text`.
    Text(TextKind, SiteText),
    /// Of `Question::Condition`.
    Condition(Box<ConditionData>),
    /// Of `Question::List`, with letter and cursor.
    List(Option<Letter>, Option<String>, ConditionList),
    /// Of `Question::Families`.
    Families(Vec<FamilyGroup>),
    /// Of `Question::Family`, with the cursor.
    Family(Option<String>, Family),
    /// Of `Question::Search`.
    Search(SearchAnswer),
    /// Of `Question::Account`, `Question::Profile`, `Question::Wiki` and `Question::Administration`.
    Form(SiteText),
}

impl PageData {
    /// What is rendered on the server stands on the page already and need not travel twice.
    fn on_page(&mut self) {
        match self {
            Self::Text(_, text) | Self::Form(text) => text.html.on_page(),
            Self::Condition(data) => data.html.on_page(),
            _ => {}
        }
    }
}

/// The data of the page at an address: path and query from the slash on.
#[server(input = GetUrl, prefix = "/api", endpoint = "page")]
pub async fn ask_page(address: String) -> Result<Answer<PageData>, ServerFnError> {
    use crate::{catalogue::answers, context, routes::Question, site::answers as site};
    let services = context::services();
    let actor = context::actor();
    let Some(question) = Question::of(&address).filter(|question| question.is_for(actor)) else {
        return Ok(Answer::Refused(domain::Error::NotFound));
    };
    if let Some(slot) = use_context::<ui::HeadSlot>() {
        slot.put_route(question.route(), question.keeping());
    }
    Ok(match question {
        Question::Account(_)
        | Question::Profile(_)
        | Question::Wiki(_)
        | Question::Administration(_) => {
            let visit = context::visit();
            let slot = use_context::<ui::HeadSlot>();
            let returned = use_context::<crate::form::Returned>();
            let shown = use_context::<crate::form::Shown>();
            let asked = match shown {
                Some(crate::form::Shown(page)) => Answer::Found(page),
                None => crate::form::form_at(&services, &visit, &question)
                    .await
                    .unwrap_or(Answer::Refused(domain::Error::NotFound)),
            };
            asked
                .map(|form| match &returned {
                    Some(returned) => form.with(returned),
                    None => form,
                })
                .map(|form| {
                    if let (Some(slot), Some(canonical)) = (slot, &form.canonical) {
                        slot.put_address(canonical.clone(), form.index);
                    }
                    PageData::Form(form.into_text())
                })
        }
        Question::Home => site::home(&services, actor).await,
        Question::Sources => site::sources(&services, actor).await,
        Question::Text(kind) => site::text(&services, kind),
        Question::Condition { slug } => answers::condition(&services, actor, &slug).await,
        Question::List { letter, after } => answers::list(&services, actor, letter, after).await,
        Question::Families => answers::families(&services, actor).await,
        Question::Family { slug, after } => answers::family(&services, actor, &slug, after).await,
        Question::Search { query, from } => answers::search(&services, actor, &query, from).await,
        Question::Code { system, value } => answers::code(&services, actor, system, &value).await,
    })
}

async fn load(address: String) -> Loaded<PageData> {
    let mut answer = ask_page(address).await;
    if cfg!(feature = "ssr")
        && let Ok(Answer::Found(data)) = &mut answer
    {
        data.on_page();
    }
    answer
}

fn view(data: PageData) -> AnyView {
    match data {
        PageData::Home(overview) => site::home(overview),
        PageData::Sources(sources) => site::sources(sources),
        PageData::Text(kind, text) => site::text(kind, text),
        PageData::Condition(data) => catalogue::condition(*data),
        PageData::List(letter, after, list) => catalogue::list(letter, after, list),
        PageData::Families(groups) => catalogue::families(groups),
        PageData::Family(after, family) => catalogue::family(after, family),
        PageData::Search(answer) => catalogue::results(answer),
        PageData::Form(page) => form_page(page),
    }
}

/// The page at the present address. What is on screen stays until its data is there.
pub fn page() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    ui::begin_journey();
    let location = use_location();
    let address = Memo::new(move |_| {
        let mut address = location.pathname.get();
        location.search.with(|search| {
            if !search.is_empty() {
                address.push('?');
                address.push_str(search);
            }
        });
        address
    });
    let version = RwSignal::new(0);
    #[cfg(feature = "hydrate")]
    {
        let navigate = leptos_router::hooks::use_navigate();
        crate::form::listen(move |path| {
            if address.get_untracked() == path {
                version.update(|version| *version += 1);
            } else {
                navigate(path, leptos_router::NavigateOptions::default());
            }
        });
    }
    let resource: Resource<Loaded<PageData>, SliceJson> = Resource::new_with_options(
        move || (address.get(), version.get()),
        |(address, _)| load(address),
        false,
    );
    view! {
        <Transition fallback=ui::loading>
            {move || Suspend::new(async move {
                match resource.await {
                    Ok(Answer::Found(data)) => view(data),
                    Ok(Answer::Moved { path, permanent }) => moved(&path, permanent),
                    Ok(Answer::Refused(error)) => ui::refused(&error),
                    Err(_) => ui::unreachable_server(),
                }
            })}
        </Transition>
    }
}

/// JSON as server functions read it. The usual codec of resources reads from `&str`, which would
/// put a second copy of every deserialiser into the bundle.
#[derive(Clone, Copy, Debug)]
pub struct SliceJson;

impl<T: Serialize> codee::Encoder<T> for SliceJson {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Self::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> codee::Decoder<T> for SliceJson {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(value: &str) -> Result<T, Self::Error> {
        serde_json::from_slice(value.as_bytes())
    }
}

#[cfg(feature = "ssr")]
fn moved(path: &str, permanent: bool) -> AnyView {
    use http::{HeaderValue, StatusCode, header};
    let response = expect_context::<leptos_axum::ResponseOptions>();
    // Paths here are made of slugs and codes, which are ASCII.
    if let Ok(location) = HeaderValue::from_str(path) {
        response.set_status(if permanent {
            StatusCode::MOVED_PERMANENTLY
        } else {
            StatusCode::FOUND
        });
        response.insert_header(header::LOCATION, location);
    }
    ui::loading()
}

#[cfg(not(feature = "ssr"))]
fn moved(path: &str, _permanent: bool) -> AnyView {
    let navigate = leptos_router::hooks::use_navigate();
    let options = leptos_router::NavigateOptions {
        replace: true,
        ..Default::default()
    };
    navigate(path, options);
    ui::loading()
}
