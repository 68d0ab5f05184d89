// Files pasted or dropped: each of them is taken, one after the other, or named in a sentence.
import { openFileDialog } from "./file_dialog.js";
import { parsed } from "./looks.js";
import { openPhotoDialog } from "./photo_dialog.js";
import { dropUnsaid } from "./unsaid.js";
import { say } from "./words.js";

const PICTURE = /\.(?:jpe?g|png|gif|webp|avif|hei[cf]|bmp|tiff?|svg)$/i;

/**
 * Take the files of a clipboard or of a drop. Gives how many are taken (none when words came
 * with them), whether that is all there was, and what is to be said of the others.
 */
export function takeFiles(editor, kit, data) {
  const { files, folders } = filesOf(data);
  const said = folders.length ? [say("folders_left", { names: folders.join(", ") })] : [];
  if (holdsWords(data, files)) {
    const others = files.filter((file) => !isPicture(file)); // a picture shows the same words
    if (others.length) said.push(say("files_left", { names: namesOf(others) }));
    return { count: 0, alone: false, said };
  }
  openInTurn(editor, kit, files, 0);
  return { count: files.length, alone: files.length + folders.length > 0, said };
}

const namesOf = (files) => files.map(({ name }) => name).join(", ");

function filesOf(data) {
  const entries = [...(data?.items ?? [])].filter(({ kind }) => kind === "file");
  const folders = entries
    .map((item) => item.webkitGetAsEntry?.())
    .filter((entry) => entry?.isDirectory)
    .map(({ name }) => name);
  const files = [...(data?.files ?? [])].filter(({ name }) => !folders.includes(name));
  return { files, folders };
}

/** Words beside the files: Word and spreadsheets send a picture of what they copied. */
function holdsWords(data, files) {
  if (!data) return false;
  const html = data.getData("text/html");
  if (!html) return files.length > 0 && saysMore(data.getData("text/plain").trim(), files);
  const body = parsed(html);
  for (const element of body.querySelectorAll("style, script, title, xml")) element.remove();
  dropUnsaid(body);
  return /[^\s\u00a0]/.test(body.textContent) || body.querySelector("table, [data-picture]") !== null;
}

/** A plain text that is neither the name nor the address of the files. */
function saysMore(text, files) {
  const named = files.some(({ name }) => text.includes(name)) || /^\w+:\S+$/.test(text);
  return text !== "" && !named;
}

function isPicture(file) {
  return file.type ? file.type.startsWith("image/") : PICTURE.test(file.name);
}

/** A dialog for each file, opened when the one before is closed. */
function openInTurn(editor, kit, files, rank) {
  const file = files[rank];
  if (!file) return;
  const then = (rest = true) => rest && openInTurn(editor, kit, files, rank + 1);
  const turn = { rank: rank + 1, total: files.length };
  if (isPicture(file)) openPhotoDialog(editor, { ...kit.photos, file, turn, then });
  else openFileDialog(editor, { ...kit.files, file, turn, then });
}
