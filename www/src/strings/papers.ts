/**
 * What the public reads, in both languages of Wales. The Welsh must be checked by somebody whose language it is before it is
 * used: no test can say that it reads well.
 */

import type { Language } from "./language";

export type { Language };

const en = {
  name: "English",
  locale: "en-GB",
  // Not every browser knows the Welsh ones, so both languages bring their own. Sunday and January come first.
  days: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  months: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
  rows: {
    controller: "Who is responsible (data controller)",
    purpose: "Purpose",
    place: "Place",
    time: "Date and time",
    duration: "Duration",
    id: "Deployment ID",
    contact: "Questions",
    complaints: "Complaints",
    privacy: "Privacy notice",
    regulator: "Data protection regulator",
    published: "Published on",
  },
  regulator: "ico.org.uk, 0303 123 1113",
  sketch: {
    label: (wide: string, deep: string, marks: number) => `Sketch from above, ${wide} m wide and ${deep} m deep, with the area where faces are compared and ${marks} marks; the list below says where each is`,
    zone: (square: string) => `Hatched: where faces are compared, ${square} m².`,
    grid: (step: string) => `A square of the grid is ${step} m wide.`,
    kinds: { camera: "Camera", sign: "Sign", exit: "Way on without a camera" },
    named: (kind: string, number: number) => `${number} ${kind}`,
    place: (left: string, top: string) => `${left} m from the left, ${top} m from the top;`,
    apart: (distance: string) => `${distance} m to the hatched area`,
    inZone: "in the hatched area",
  },
  between: (day: string, from: string, to: string) => `${day}, ${from} to ${to}`,
  betweenDays: (from: string, to: string) => `From ${from} to ${to}`,
  until: (end: string) => `Until ${end}`,
  lasts: (hours: number, minutes: number) =>
    [hours === 0 ? "" : `${hours} ${hours === 1 ? "hour" : "hours"}`, minutes === 0 ? "" : `${minutes} ${minutes === 1 ? "minute" : "minutes"}`]
      .filter((part) => part !== "")
      .join(" "),
  exercise: "Exercise: only volunteers who agreed to take part are on the watchlist.",
  sign: {
    title: "Live facial recognition is in use here",
    lead: "Cameras compare the faces of people who pass with a watchlist of people who are looked for.",
    forgotten: "If your face matches nobody on the watchlist, nothing about it is kept: it is deleted at once.",
    person: "The system only suggests. An officer looks and decides.",
    rights: "You have rights over your data: to be told, to see it, to have it corrected or erased, and to complain. Ask an officer for the leaflet.",
  },
  leaflet: {
    title: "Live facial recognition: what it is, and your rights",
    what: "What is happening",
    whatText: [
      "Cameras at the place below look for faces. A computer compares each face with a watchlist: pictures of people who are looked for, for the purpose below.",
      "The watchlist was made for this deployment alone, and is destroyed when it ends.",
    ],
    authorised: "An authorising officer, who did not plan the deployment, signed for it.",
    face: "What happens to your face",
    faceText: [
      "If there is no match, the measurements of your face are deleted at once. No picture of you leaves the camera's device, and the system records no video.",
      "If there is a possible match, one picture of your face is sent to officers. It is deleted as soon as they decide that you are not the person, or that they can't tell. Otherwise it is deleted when the deployment ends, unless a named officer keeps it as evidence or because of a complaint.",
    ],
    stopped: "If an officer speaks to you",
    stoppedText: [
      "A match is a suggestion, not proof of who you are. An officer must look at both pictures and decide before anybody speaks to you. The system itself decides nothing about you.",
      "The officer should explain why you were stopped, and what happens next.",
    ],
    rights: "Your rights",
    rightsLead: "You have the right to:",
    rightsList: [
      "be told how your data is used",
      "ask whether you were on a watchlist, and for the data about you",
      "have wrong data corrected",
      "have data erased, or its use restricted",
      "not be subject to a decision that a machine makes alone",
      "complain to the data controller, and to the data protection regulator",
    ],
    rightsNote: "The law allows some of these rights to be limited. Asking costs nothing. Give the deployment ID when you ask.",
    ask: "This deployment, and whom to ask",
  },
  notice: {
    title: "Public notice: live facial recognition",
    lead: "Live facial recognition will be used at the place and time below.",
    rights: "Your rights",
  },
};

const cy: typeof en = {
  name: "Cymraeg",
  locale: "cy-GB",
  days: ["Dydd Sul", "Dydd Llun", "Dydd Mawrth", "Dydd Mercher", "Dydd Iau", "Dydd Gwener", "Dydd Sadwrn"],
  months: ["Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"],
  rows: {
    controller: "Pwy sy'n gyfrifol (rheolydd data)",
    purpose: "Diben",
    place: "Lleoliad",
    time: "Dyddiad ac amser",
    duration: "Hyd",
    id: "Cyfeirnod y defnydd",
    contact: "Cwestiynau",
    complaints: "Cwynion",
    privacy: "Hysbysiad preifatrwydd",
    regulator: "Rheoleiddiwr diogelu data",
    published: "Cyhoeddwyd ar",
  },
  regulator: "ico.org.uk, 0303 123 1113",
  sketch: {
    label: (wide, deep, marks) => `Braslun oddi uchod, ${wide} m o led a ${deep} m o ddyfnder, gyda'r man lle caiff wynebau eu cymharu a ${marks} o farciau; mae'r rhestr isod yn dweud ble mae pob un`,
    zone: (square) => `Â llinellau: lle caiff wynebau eu cymharu, ${square} m².`,
    grid: (step) => `Mae sgwâr o'r grid yn ${step} m o led.`,
    kinds: { camera: "Camera", sign: "Arwydd", exit: "Ffordd ymlaen heb gamera" },
    named: (kind, number) => `${number} ${kind}`,
    place: (left, top) => `${left} m o'r chwith, ${top} m o'r brig;`,
    apart: (distance) => `${distance} m i'r man â llinellau`,
    inZone: "yn y man â llinellau",
  },
  between: (day, from, to) => `${day}, ${from} tan ${to}`,
  betweenDays: (from, to) => `O ${from} tan ${to}`,
  until: (end) => `Tan ${end}`,
  // A noun after a number stays singular.
  lasts: (hours, minutes) => [hours === 0 ? "" : `${hours} awr`, minutes === 0 ? "" : `${minutes} munud`].filter((part) => part !== "").join(" "),
  exercise: "Ymarfer: dim ond gwirfoddolwyr a gytunodd i gymryd rhan sydd ar y rhestr wylio.",
  sign: {
    title: "Mae technoleg adnabod wynebau byw ar waith yma",
    lead: "Mae camerâu yn cymharu wynebau'r bobl sy'n mynd heibio â rhestr wylio o bobl y chwilir amdanynt.",
    forgotten: "Os nad yw eich wyneb yn cyfateb i neb ar y rhestr wylio, ni chedwir unrhyw wybodaeth amdano: caiff ei dileu ar unwaith.",
    person: "Dim ond awgrymu y mae'r system. Swyddog sy'n edrych ac yn penderfynu.",
    rights: "Mae gennych hawliau o ran eich data: i gael gwybod, i weld y data, i'w cywiro neu eu dileu, ac i gwyno. Gofynnwch i swyddog am y daflen.",
  },
  leaflet: {
    title: "Adnabod wynebau byw: beth ydyw, a'ch hawliau chi",
    what: "Beth sy'n digwydd",
    whatText: [
      "Mae camerâu yn y lleoliad isod yn chwilio am wynebau. Mae cyfrifiadur yn cymharu pob wyneb â rhestr wylio, sef lluniau o bobl y chwilir amdanynt at y diben isod.",
      "Lluniwyd y rhestr wylio ar gyfer y defnydd hwn yn unig, a chaiff ei dinistrio pan ddaw'r defnydd i ben.",
    ],
    authorised: "Awdurdodwyd y defnydd gan swyddog awdurdodi na fu'n ei gynllunio.",
    face: "Beth sy'n digwydd i'ch wyneb",
    faceText: [
      "Os nad oes cyfatebiaeth, caiff mesuriadau eich wyneb eu dileu ar unwaith. Nid oes unrhyw lun ohonoch yn gadael dyfais y camera, ac nid yw'r system yn recordio fideo.",
      "Os oes cyfatebiaeth bosibl, anfonir un llun o'ch wyneb at swyddogion. Caiff ei ddileu cyn gynted ag y byddant yn penderfynu nad chi yw'r person, neu na allant ddweud. Fel arall caiff ei ddileu pan ddaw'r defnydd i ben, oni bai bod swyddog a enwir yn ei gadw fel tystiolaeth neu oherwydd cwyn.",
    ],
    stopped: "Os bydd swyddog yn siarad â chi",
    stoppedText: [
      "Awgrym yw cyfatebiaeth, nid prawf o bwy ydych chi. Rhaid i swyddog edrych ar y ddau lun a phenderfynu cyn i neb siarad â chi. Nid yw'r system ei hun yn penderfynu dim amdanoch.",
      "Dylai'r swyddog esbonio pam y cawsoch eich stopio, a beth fydd yn digwydd nesaf.",
    ],
    rights: "Eich hawliau",
    rightsLead: "Mae gennych yr hawl i:",
    rightsList: [
      "gael gwybod sut y defnyddir eich data",
      "ofyn a oeddech ar restr wylio, a gofyn am y data amdanoch",
      "gael cywiro data anghywir",
      "gael dileu data, neu gyfyngu ar eu defnydd",
      "beidio â bod yn destun penderfyniad a wneir gan beiriant yn unig",
      "gwyno i'r rheolydd data, ac i'r rheoleiddiwr diogelu data",
    ],
    rightsNote: "Mae'r gyfraith yn caniatáu cyfyngu ar rai o'r hawliau hyn. Nid oes tâl am ofyn. Rhowch gyfeirnod y defnydd wrth holi.",
    ask: "Y defnydd hwn, a phwy i'w holi",
  },
  notice: {
    title: "Hysbysiad cyhoeddus: adnabod wynebau byw",
    lead: "Bydd technoleg adnabod wynebau byw yn cael ei defnyddio yn y lleoliad ac ar yr adeg isod.",
    rights: "Eich hawliau",
  },
};

export const papers: Record<Language, typeof en> = { en, cy };
export type PublicWords = typeof en;
