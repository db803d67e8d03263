/**
 * Hides the rules that do not hold every word that is searched for, or no chosen right. What stands
 * after # in the address is searched for at once, so that a search can be linked to.
 */
export const script = `
const field = document.querySelector('input[type=search]');
const boxes = [...document.querySelectorAll('.search input[type=checkbox]')];
const told = document.querySelector('.search output');
const rows = [...document.querySelectorAll('.rules tbody tr')].map((row) => ({ row, text: row.textContent.toLowerCase() }));
field.value = decodeURIComponent(location.hash.slice(1));
const search = () => {
  const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const kinds = boxes.filter((box) => box.checked).map((box) => box.value);
  let shown = 0;
  for (const { row, text } of rows) {
    const fits = words.every((word) => text.includes(word)) && (kinds.length === 0 || kinds.some((kind) => row.classList.contains(kind)));
    row.hidden = !fits;
    if (fits) shown += 1;
  }
  told.textContent = shown === rows.length ? '' : shown + ' of ' + rows.length + ' rules';
};
field.addEventListener('input', search);
addEventListener('hashchange', () => { field.value = decodeURIComponent(location.hash.slice(1)); search(); });
for (const box of boxes) box.addEventListener('change', search);
search();
`;
