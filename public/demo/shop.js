// The demo shop's basket: adds up what is chosen and counts what was added. It forgets when the page is left.
const form = document.querySelector("#order");
const price = document.querySelector("#price");
const line = document.querySelector("#basket");
const count = document.querySelector("#basket-count");

const BASE_PRICE = 129;
const basket = { pieces: 0, total: 0 };
const euros = (amount) => `€${amount}`;

const piecePrice = () =>
  [...form.querySelectorAll("input:checked[data-extra]")].reduce(
    (sum, input) => sum + Number(input.dataset.extra),
    BASE_PRICE,
  );

const showPrice = () => (price.value = euros(piecePrice()));

form.addEventListener("change", showPrice);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { shade, base, size, quantity } = Object.fromEntries(new FormData(form));
  const pieces = Number(quantity);
  basket.pieces += pieces;
  basket.total += pieces * piecePrice();
  count.textContent = basket.pieces;
  line.textContent = `Added ${pieces} × Brae, ${shade.toLowerCase()}, ${base}, ${size}. In your basket: ${basket.pieces}, together ${euros(basket.total)}.`;
});
// A browser that restores the form after “back” fires no change.
addEventListener("pageshow", showPrice);
