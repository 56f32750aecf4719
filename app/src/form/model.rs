use domain::{Error, FieldError};

/// A page that asks for something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormPage {
    /// Heading and title.
    pub title: String,
    /// Where the forms are sent: the page's own path.
    pub path: String,
    /// What has just been done, if anything.
    pub notice: Option<String>,
    /// Paragraphs above the forms.
    pub text: Vec<String>,
    /// What else stands above the forms, as HTML of our own views.
    pub content: Option<String>,
    /// The forms, in order.
    pub forms: Vec<Form>,
    /// What stands below the forms, as HTML of our own views.
    pub below: Option<String>,
    /// Ways to related pages, as words and path.
    pub links: Vec<(String, String)>,
    /// One sentence for search engines.
    pub description: String,
    /// The page's one address, where it is more than a form.
    pub canonical: Option<String>,
    /// Whether search engines may list it.
    pub index: bool,
}

/// One form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Tells the forms of a page apart.
    pub name: String,
    /// Above it, where a page has several.
    pub heading: Option<String>,
    /// Below the heading.
    pub text: Option<String>,
    /// The fields, in order.
    pub fields: Vec<Field>,
    /// What the button says.
    pub button: String,
    /// What else can be done with the form: the value of `action`, and the words of its button.
    pub actions: Vec<(String, String)>,
    /// Whether a hydrated page keeps what is typed as a draft (`action=draft`).
    pub keeps: bool,
    /// Whether it destroys something.
    pub danger: bool,
    /// Whether the browser sends it even where the page is hydrated, because a page comes back.
    pub plain: bool,
    /// A random key: sent twice, the form is carried out once.
    pub key: Option<String>,
    /// What is wrong with single fields.
    pub errors: Vec<FieldError>,
    /// Why it was refused, where no field is to blame.
    pub refusal: Option<String>,
}

/// One question of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// The name under which it is sent.
    pub name: String,
    /// The question.
    pub label: String,
    /// What helps to answer it.
    pub hint: Option<String>,
    /// How it is asked.
    pub control: Control,
    /// The present answer. Never a password.
    pub value: String,
    /// Whether it must be answered.
    pub required: bool,
    /// What browsers and password managers may fill in (HTML, "autofill").
    pub autocomplete: Option<String>,
}

/// How a field is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Control {
    /// A line of text.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A password.
    Password,
    /// Yes or not.
    Tick,
    /// One of several, each as value and words.
    Choice(Vec<(String, String)>),
    /// Whose password is asked for: not shown, but password managers read it.
    Username,
    /// Several lines.
    LongText,
    /// A text in Markdown, of so many lines at first, with buttons for its marks.
    Markdown(u8),
    /// A line for which names are suggested by what is at this path.
    Suggested(String),
    /// A file, of these kinds (HTML, `accept`).
    File(String),
    /// Nobody sees it.
    Hidden,
}

/// What became of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was carried out; go on at a path of this site.
    Done {
        /// From the slash on.
        path: String,
        /// Whether everything on the page has become old, the header included.
        reload: bool,
    },
    /// Nothing was done.
    Refused(Error),
    /// Nothing is final yet: this page is shown in place of its own.
    Page(Box<FormPage>),
    /// Nothing was done, because the session has ended meanwhile. What was filled in is kept until
    /// the person has signed in again.
    SignedOut,
}

impl Outcome {
    /// Carried out, and only the page's own content is old.
    pub(crate) fn done(path: impl Into<String>) -> Self {
        Self::Done {
            path: path.into(),
            reload: false,
        }
    }

    /// Carried out, and who is signed in has changed.
    pub(crate) fn done_anew(path: impl Into<String>) -> Self {
        Self::Done {
            path: path.into(),
            reload: true,
        }
    }
}
