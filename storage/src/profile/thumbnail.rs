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
/// Most memory of the decoder, in bytes: four for each pixel, and room to work.
const MOST_MEMORY: u64 = 260_000_000;

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
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(wrong(
            "This picture has too many pixels. Use one with at most 50 megapixels.",
        ));
    }
    if width == 0 || height == 0 {
        return Err(wrong(WRONG_KIND));
    }
    // Cameras write pictures as the sensor lies and say beside it which way is up.
    let orientation = decoder
        .orientation()
        .unwrap_or(image::metadata::Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder)
        .map_err(|_| wrong("This picture is damaged. Try to save it anew, or use another."))?;
    let side = width.min(height);
    let mut picture = picture.crop_imm((width - side) / 2, (height - side) / 2, side, side);
    picture = picture.resize_exact(SIDE, SIDE, FilterType::CatmullRom);
    picture.apply_orientation(orientation);
    write(&picture)
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

    /// A picture that says of itself how large it is: a PNG of a few bytes.
    fn png_of(width: u32, height: u32) -> Vec<u8> {
        let mut header = Vec::from(*b"IHDR");
        header.extend(width.to_be_bytes());
        header.extend(height.to_be_bytes());
        header.extend([8, 2, 0, 0, 0]);
        let mut file = Vec::from(*b"\x89PNG\r\n\x1a\n");
        for chunk in [header, Vec::from(*b"IDAT"), Vec::from(*b"IEND")] {
            let length = u32::try_from(chunk.len() - 4).unwrap();
            file.extend(length.to_be_bytes());
            let mut crc = flate2::Crc::new();
            crc.update(&chunk);
            file.extend(&chunk);
            file.extend(crc.sum().to_be_bytes());
        }
        file
    }

    #[test]
    fn bombs_are_refused_before_they_are_unpacked() {
        for (width, height) in [(30_000, 30_000), (4_000_000_000, 4_000_000_000)] {
            let said = message(&png_of(width, height));
            assert!(
                said.contains("too many pixels") || said.contains("JPEG, PNG or WebP"),
                "{said}"
            );
        }
    }
}
