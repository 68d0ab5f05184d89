// Whether a picture moves: browsers draw its first image only, and its sender is told.

const AT = { webp: 20, frames: [0x21, 0xf9, 0x04] };

const says = (bytes, start, word) =>
  [...word].every((sign, rank) => bytes[start + rank] === sign.charCodeAt(0));

/** GIF: each image that follows another one has a « graphic control » before it. */
function movesAsGif(bytes) {
  let found = 0;
  for (let at = bytes.indexOf(0x21); at >= 0 && found < 2; at = bytes.indexOf(0x21, at + 1)) {
    if (bytes[at - 1] === 0 && AT.frames.every((value, rank) => bytes[at + rank] === value)) found++;
  }
  return found > 1;
}

/** PNG: the chunk « acTL » stands before the first image. */
function movesAsPng(bytes) {
  for (let at = 8; at + 8 <= bytes.length && !says(bytes, at + 4, "IDAT"); ) {
    if (says(bytes, at + 4, "acTL")) return true;
    at += 12 + new DataView(bytes.buffer).getUint32(at);
  }
  return false;
}

export async function isAnimated(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (says(bytes, 0, "GIF8")) return movesAsGif(bytes);
  if (says(bytes, 1, "PNG")) return movesAsPng(bytes);
  return says(bytes, 8, "WEBPVP8X") && (bytes[AT.webp] & 2) > 0;
}
