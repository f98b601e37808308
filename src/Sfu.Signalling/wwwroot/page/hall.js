/**
 * The audience as seats in curved rows: nobody is told who sits there, only how many.
 * @module
 */

const SVG = 'http://www.w3.org/2000/svg';

/** In units of the drawing. */
const WIDTH = 560;
const PITCH = 24;
const SEAT_RADIUS = 6;
const FIRST_ROW_RADIUS = 430;
const FIRST_ROW_SEATS = 17;
const MORE_SEATS_A_ROW = 2;
const ROWS = 4;
const MARGIN = 14;

/** How far the ends of the widest row come up. */
const RISE = 62;

/** @typedef {{ x: number, y: number }} Seat */

/** More are not drawn; the number is told in words anyway. */
export const SEATS = layOut();

/**
 * @param {SVGSVGElement} drawing
 * @param {number} audience
 * @param {boolean} isListening Whether one of the seats is one's own.
 */
export function drawSeats(drawing, audience, isListening) {
  const taken = Math.min(audience, SEATS.length);
  while (drawing.children.length > taken) drawing.lastElementChild?.remove();
  while (drawing.children.length < taken) drawing.append(seatElement(SEATS[drawing.children.length]));
  drawing.firstElementChild?.classList.toggle('own', isListening);
  const top = Math.min(...SEATS.slice(0, taken).map((seat) => seat.y), RISE) - MARGIN;
  const bottom = Math.max(...SEATS.slice(0, taken).map((seat) => seat.y), RISE) + MARGIN;
  drawing.setAttribute('viewBox', `0 ${top} ${WIDTH} ${bottom - top}`);
}

/** @returns {Seat[]} The middle of the front row first. */
function layOut() {
  return Array.from({ length: ROWS }, (_, row) => layOutRow(row)).flat();
}

/** @param {number} row */
function layOutRow(row) {
  const radius = FIRST_ROW_RADIUS + row * PITCH;
  const seats = FIRST_ROW_SEATS + row * MORE_SEATS_A_ROW;
  return Array.from({ length: seats }, (_, index) => {
    const side = index % 2 === 0 ? 1 : -1;
    const x = Math.ceil(index / 2) * side * PITCH;
    return { x: WIDTH / 2 + x, y: RISE + row * PITCH - (radius - Math.sqrt(radius * radius - x * x)) };
  });
}

/** @param {Seat} seat */
function seatElement({ x, y }) {
  const circle = document.createElementNS(SVG, 'circle');
  circle.setAttribute('cx', x.toFixed(1));
  circle.setAttribute('cy', y.toFixed(1));
  circle.setAttribute('r', String(SEAT_RADIUS));
  return circle;
}
