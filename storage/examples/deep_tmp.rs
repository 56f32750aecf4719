use std::time::Instant;
fn main() {
    for piece in [
        ">", "> ", "- ", "1. ", "[", "![", "](", "*", "_", "**a ", "*_", "`", "~", "<", "<a ", "<!--",
        "&", "\\", "|", "#", "a\n", "a|b\n-|-\n", "[a](", "[@", "[@a]", "[a]: b\n", "\t", "www.a.b ",
        "http://a@b ", "<b><i>", "\u{0}", "*a_ ", "[[a](b)",
    ] {
        let mut line = format!("{piece:?}");
        for size in [3_000usize, 6_000, 12_000, 24_000, 48_000, 100_000] {
            let text = piece.repeat(size / piece.len());
            let began = Instant::now();
            let html = storage::wiki::markdown::render(&text, &["a".to_owned()]);
            let t = began.elapsed();
            line += &format!("  {size}:{:.0}ms", t.as_secs_f64() * 1e3);
            std::hint::black_box(html);
            if t.as_secs() > 4 { break; }
        }
        println!("{line}");
    }
}
