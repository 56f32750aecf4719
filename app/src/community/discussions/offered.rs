//! Who is offered while somebody types a mention.

use domain::community::Post;

use crate::ui::form::{Offer, Offers};

/// Those who have written these posts and show their names to who reads, each once. Nobody mentions
/// themselves.
pub(in crate::community) fn offered<'a>(posts: impl IntoIterator<Item = &'a Post>) -> Offers {
    let mut offers: Vec<Offer> = Vec::new();
    for post in posts.into_iter().filter(|post| !post.own) {
        if let (Some(handle), Some(name)) = (&post.author.handle, &post.author.name)
            && !offers.iter().any(|offer| offer.handle == *handle)
        {
            offers.push(Offer {
                name: name.clone(),
                handle: handle.clone(),
            });
        }
    }
    Offers(offers)
}
