// Starts what the page needs; every module finds its own elements and leaves other pages alone.
import { startDialogs } from "./dialogs.js";
import { startRequests } from "./requests.js";
import { startReview } from "./review.js";
import { startUploads } from "./uploads.js";
import { startWords } from "./words.js";
import { startZoom } from "./zoom.js";

startRequests();
startDialogs();
startUploads();
if (document.querySelector(".review__columns")) {
  startReview();
  startWords();
  startZoom();
}
