// Puts a citation on the clipboard as the plain text that appears below it.

const SHOWN_FOR = 4000;

function announce(words) {
  let region = document.getElementById("announced");
  if (!region) {
    region = document.createElement("p");
    region.id = "announced";
    region.className = "unseen";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  // A region that is made and filled at once is not read out by every screen reader.
  setTimeout(() => { region.textContent = words; }, 50);
}

// Where a page came over plain HTTP there is no clipboard, but the older command works.
function copyBySelection(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "unseen";
  field.readOnly = true;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

async function put(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

async function copy(button) {
  const cited = button.closest(".citation").querySelector(".cite-as");
  const done = await put(cited.querySelector("p").textContent.trim());
  button.focus();
  if (!done) {
    cited.classList.add("needed");
    cited.open = true;
    return;
  }
  button.classList.add("copied");
  announce(button.querySelector(".done").textContent);
  setTimeout(() => button.classList.remove("copied"), SHOWN_FOR);
}

for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
