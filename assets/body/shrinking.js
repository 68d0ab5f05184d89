// Photos made light before they are sent: at most 1600 pixels, upright, without metadata.

const SIDE = 1600;
const QUALITIES = [0.82, 0.7, 0.55];
const ENOUGH = 300 * 1024;

/** The picture turned upright, or null when this browser cannot read it. */
export async function bitmapOf(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
}

export function draw(bitmap, side) {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function encode(canvas, type, quality) {
  return new Promise((resolve) => canvas.toBlob(resolve, type, quality));
}

/** The first encoding that is light enough, in WebP where the browser writes it. */
async function lightest(canvas) {
  let blob = null;
  for (const quality of QUALITIES) {
    blob = await encode(canvas, "image/webp", quality);
    if (blob?.type !== "image/webp") blob = await encode(canvas, "image/jpeg", quality);
    if (blob && blob.size <= ENOUGH) break;
  }
  return blob;
}

/** The photo to send; the very file when the browser cannot read it: the server will. */
export async function shrink(file, bitmap) {
  const blob = bitmap && (await lightest(draw(bitmap, SIDE)));
  if (!blob) return file;
  const name = file.name.replace(/\.[^.]*$/, "") || "photo";
  return new File([blob], `${name}.${blob.type.split("/")[1].replace("jpeg", "jpg")}`, {
    type: blob.type,
  });
}
