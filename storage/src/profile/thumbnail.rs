//! Pictures are decoded and written anew: what comes out holds a small square of colours and
//! nothing of what came in, be it the place where it was taken or a trick against the decoder.

use std::io::Cursor;

use domain::{Error, Result};
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage,
    codecs::jpeg::JpegEncoder,
    imageops::{FilterType, overlay},
};

use crate::error::internal;

/// Width and height of what is kept, in pixels: twice what the widest page shows, for dense screens.
const SIDE: u32 = 320;
/// Of 100. Below it faces get blocks.
const QUALITY: u8 = 82;
/// Largest picture that is decoded, in pixels: what telephones make at most in daily use.
const MOST_PIXELS: u64 = 50_000_000;
/// Most memory for a picture while it is unpacked, in bytes, by what the file says of itself: what a
/// telephone makes of 50 megapixels takes 150 million.
const MOST_MEMORY: u64 = 210_000_000;

const WRONG_KIND: &str = "This is not a picture that we can read. Use a JPEG, PNG or WebP file, as cameras and telephones make them.";

/// A square JPEG of any JPEG, PNG or WebP file.
pub(super) fn square(file: &[u8]) -> Result<Vec<u8>> {
    if file.is_empty() {
        return Err(wrong("Choose a picture first."));
    }
    let format = image::guess_format(file).map_err(|_| wrong(WRONG_KIND))?;
    if !matches!(
        format,
        ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP
    ) {
        return Err(wrong(WRONG_KIND));
    }
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| wrong(WRONG_KIND))?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(wrong(WRONG_KIND));
    }
    let pixels = u64::from(width) * u64::from(height);
    let unpacked = decoder
        .total_bytes()
        .saturating_add(pixels.saturating_mul(work_of(format, file)));
    if pixels > MOST_PIXELS || unpacked > MOST_MEMORY {
        return Err(wrong(
            "This picture has too many pixels for us. Make it smaller, or use another: 4000 by 3000 pixels are always fine.",
        ));
    }
    // Cameras write pictures as the sensor lies and say beside it which way is up.
    let orientation = decoder
        .orientation()
        .unwrap_or(image::metadata::Orientation::NoTransforms);
    let whole = DynamicImage::from_decoder(decoder)
        .map_err(|_| wrong("This picture is damaged. Try to save it anew, or use another."))?;
    let mut picture = small_square(whole);
    picture.apply_orientation(orientation);
    write(&picture)
}

/// The middle of a picture, made small before it is cut: a copy of the square would take as much
/// memory as the picture again. A strip is cut first, because there the square is a small part.
fn small_square(mut whole: DynamicImage) -> DynamicImage {
    let (width, height) = (whole.width(), whole.height());
    let side = width.min(height);
    if width.max(height) / side > 4 {
        whole = whole.crop_imm((width - side) / 2, (height - side) / 2, side, side);
    }
    let scaled = |length: u32| {
        let scaled = u64::from(length) * u64::from(SIDE) / u64::from(side);
        u32::try_from(scaled).unwrap_or(SIDE).max(SIDE)
    };
    let (width, height) = (scaled(whole.width()), scaled(whole.height()));
    whole
        .resize_exact(width, height, FilterType::CatmullRom)
        .crop_imm((width - SIDE) / 2, (height - SIDE) / 2, SIDE, SIDE)
}

/// Bytes that the decoder uses for each pixel beside those that it returns: coefficients of a
/// progressive JPEG, which it holds until the last scan (two bytes for each of up to four channels); the
/// picture before its colours are converted in WebP.
fn work_of(format: ImageFormat, file: &[u8]) -> u64 {
    match format {
        ImageFormat::Jpeg if !is_baseline(file) => 8,
        ImageFormat::WebP => 5,
        _ => 0,
    }
}

/// Whether the first frame of a JPEG is sequential (ITU T.81, B.1.1.3: SOF0 or SOF1). What cannot be
/// told is not.
fn is_baseline(file: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xff, marker]) = file.get(at..at + 2) {
        match marker {
            // Fill bytes before a marker.
            0xff => at += 1,
            0xc0 | 0xc1 => return true,
            // Any other frame, or a scan before a frame.
            0xc2..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf | 0xda => return false,
            // Markers without a length.
            0x01 | 0xd0..=0xd8 => at += 2,
            _ => match file.get(at + 2..at + 4) {
                Some(&[high, low]) => at += 2 + usize::from(u16::from_be_bytes([high, low])),
                _ => return false,
            },
        }
    }
    false
}

fn write(picture: &DynamicImage) -> Result<Vec<u8>> {
    // JPEG has no transparency: what is clear becomes white.
    let mut canvas = DynamicImage::ImageRgb8(RgbImage::from_pixel(
        SIDE,
        SIDE,
        image::Rgb([255, 255, 255]),
    ))
    .into_rgba8();
    overlay(&mut canvas, &picture.to_rgba8(), 0, 0);
    let flat = DynamicImage::ImageRgba8(canvas).into_rgb8();
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
        .encode_image(&flat)
        .map_err(|error| internal(&error))?;
    Ok(jpeg)
}

fn wrong(words: &str) -> Error {
    Error::invalid("picture", words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        picture.write_to(&mut file, format).unwrap();
        file.into_inner()
    }

    fn two_colours() -> DynamicImage {
        // Left red, right blue.
        DynamicImage::ImageRgb8(RgbImage::from_fn(400, 200, |x, _| {
            if x < 200 {
                image::Rgb([200, 0, 0])
            } else {
                image::Rgb([0, 0, 200])
            }
        }))
    }

    fn message(file: &[u8]) -> String {
        match square(file) {
            Err(Error::Invalid { fields }) => fields[0].message.clone(),
            other => panic!("{other:?}"),
        }
    }

    /// A JPEG with an Exif block that says "turn me by 90 degrees", and where it was taken.
    fn turned(jpeg: &[u8]) -> Vec<u8> {
        // Exif 2.3, 4.6: TIFF header, one directory with the entry Orientation = 6.
        let exif: &[u8] =
            b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0GPS 51.5 N";
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xff, 0xe1], &length, exif, &jpeg[2..]].concat()
    }

    #[test]
    fn every_kind_becomes_a_small_square_jpeg() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let jpeg = square(&encoded(&two_colours(), format)).unwrap();
            assert_eq!(image::guess_format(&jpeg).unwrap(), ImageFormat::Jpeg);
            let picture = image::load_from_memory(&jpeg).unwrap().into_rgb8();
            assert_eq!(picture.dimensions(), (SIDE, SIDE));
            assert!(picture.get_pixel(10, 160)[0] > 150, "left is red");
            assert!(picture.get_pixel(310, 160)[2] > 150, "right is blue");
        }
    }

    #[test]
    fn what_cameras_write_into_a_picture_is_obeyed_and_gone() {
        let file = turned(&encoded(&two_colours(), ImageFormat::Jpeg));
        let jpeg = square(&file).unwrap();
        let picture = image::load_from_memory(&jpeg).unwrap().into_rgb8();
        assert!(picture.get_pixel(160, 10)[0] > 150, "red is on top now");
        assert!(picture.get_pixel(160, 310)[2] > 150, "blue is below");
        let contains = |text: &[u8]| jpeg.windows(text.len()).any(|bytes| bytes == text);
        assert!(!contains(b"Exif") && !contains(b"GPS"));
    }

    #[test]
    fn clear_becomes_white() {
        let clear = DynamicImage::ImageRgba8(image::RgbaImage::new(50, 50));
        let jpeg = square(&encoded(&clear, ImageFormat::Png)).unwrap();
        let picture = image::load_from_memory(&jpeg).unwrap().into_rgb8();
        assert!(picture.get_pixel(20, 20).0.iter().all(|part| *part > 250));
    }

    #[test]
    fn what_is_no_picture_is_refused_in_words() {
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
        for file in [
            svg.as_slice(),
            b"<!DOCTYPE html><script>alert(1)</script>",
            b"GIF89a\x01\0\x01\0\0\0\0;",
            b"%PDF-1.7",
            &[0; 4_000],
        ] {
            assert!(message(file).contains("JPEG, PNG or WebP"));
        }
        assert_eq!(message(b""), "Choose a picture first.");
        let whole = encoded(&two_colours(), ImageFormat::Png);
        let cut = &whole[..whole.len() / 2];
        assert!(message(cut).contains("damaged") || message(cut).contains("JPEG, PNG or WebP"));
    }

    fn header(width: u32, height: u32, colours: u8, depth: u8) -> (&'static str, Vec<u8>) {
        let mut header = Vec::new();
        header.extend(width.to_be_bytes());
        header.extend(height.to_be_bytes());
        header.extend([depth, colours, 0, 0, 0]);
        ("IHDR", header)
    }

    fn chunks(chunks: &[(&'static str, Vec<u8>)]) -> Vec<u8> {
        let mut file = Vec::from(*b"\x89PNG\r\n\x1a\n");
        for (name, content) in chunks.iter().chain([&("IEND", Vec::new())]) {
            file.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
            let mut crc = flate2::Crc::new();
            for part in [name.as_bytes(), content] {
                crc.update(part);
                file.extend(part);
            }
            file.extend(crc.sum().to_be_bytes());
        }
        file
    }

    /// A picture that says of itself how large it is: a PNG of a few bytes.
    fn png_of(width: u32, height: u32, colours: u8, depth: u8) -> Vec<u8> {
        chunks(&[header(width, height, colours, depth), ("IDAT", Vec::new())])
    }

    /// The same as WebP: the header of a lossless picture (RFC 9649, 3.4) and nothing behind it.
    fn webp_of(width: u32, height: u32) -> Vec<u8> {
        let size = (width - 1) | ((height - 1) << 14) | (1 << 28);
        let mut content = vec![0x2f];
        content.extend(size.to_le_bytes());
        content.extend([0; 11]);
        let mut file = Vec::from(*b"RIFF");
        file.extend((4 + 8 + u32::try_from(content.len()).unwrap()).to_le_bytes());
        file.extend(b"WEBPVP8L");
        file.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
        file.extend(content);
        file
    }

    /// Most memory that this process has used so far, in bytes.
    fn peak() -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status
            .lines()
            .find(|line| line.starts_with("VmHWM"))
            .unwrap();
        let kibibytes: String = line.chars().filter(char::is_ascii_digit).collect();
        kibibytes.parse::<u64>().unwrap() * 1024
    }

    #[test]
    fn bombs_are_refused_before_they_are_unpacked() {
        for (width, height) in [(30_000, 30_000), (4_000_000_000, 4_000_000_000)] {
            let said = message(&png_of(width, height, 2, 8));
            assert!(
                said.contains("too many pixels") || said.contains("JPEG, PNG or WebP"),
                "{said}"
            );
        }
    }

    /// Fewer pixels than are allowed, with more bytes for each.
    #[test]
    fn what_counts_is_the_size_of_what_is_unpacked() {
        let deep = png_of(7_000, 7_000, 6, 16);
        let said = message(&deep);
        assert!(said.contains("too many pixels"), "{said}");
        let plain = message(&png_of(7_000, 7_000, 2, 8));
        assert!(plain.contains("damaged"), "it may be read: {plain}");
    }

    /// 48 megapixels of 16 bits and four channels would take 384 million bytes; of the others the
    /// decoder would use more than they return.
    #[test]
    fn files_of_every_kind_stay_within_the_memory() {
        let before = peak();
        assert!(message(&png_of(8_000, 6_000, 6, 16)).contains("too many pixels"));
        let honest = encoded(&two_colours(), ImageFormat::Jpeg);
        assert!(square(&honest).is_ok());
        // The same that says of itself that it is large, in one scan and in many.
        let frame = honest
            .windows(2)
            .position(|pair| pair == [0xff, 0xc0])
            .unwrap();
        let mut claims = honest;
        claims[frame + 5..frame + 7].copy_from_slice(&6_000_u16.to_be_bytes());
        claims[frame + 7..frame + 9].copy_from_slice(&8_000_u16.to_be_bytes());
        assert!(is_baseline(&claims));
        claims[frame + 1] = 0xc2;
        assert!(message(&claims).contains("too many pixels"));
        assert!(message(&webp_of(16_000, 3_000)).contains("too many pixels"));
        // One colour, packed to almost nothing, as large as cameras make them.
        let (width, height) = (4_000_u32, 3_000_u32);
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        let row = vec![0_u8; 1 + width as usize * 3];
        for _ in 0..height {
            std::io::Write::write_all(&mut packed, &row).unwrap();
        }
        let rows = ("IDAT", packed.finish().unwrap());
        assert!(square(&chunks(&[header(width, height, 2, 8), rows])).is_ok());
        let used = peak().saturating_sub(before);
        assert!(used < 2 * MOST_MEMORY, "{used} bytes");
    }
}
