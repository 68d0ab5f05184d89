// The one built script of the site, loaded on editing pages only.
import { mountBody } from "./body/index.js";
import { mountForm } from "./form/index.js";

mountForm({ mountBody });
