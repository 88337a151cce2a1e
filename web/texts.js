// Every word that the page shows, in both languages. Chinese first.

const TEXTS = {
  zh: {
    title: "视频巡查", leave: "退出", language: "English", key: "密钥", enter: "进入",
    door_title: "请输入密钥", door_hint: "密钥在第一次启动时显示一次，或由管理员发给您。",
    empty_title: "现在没有事件", empty_hint: "摄像机在看。没有堵塞就不会有事件；若下面没有摄像机，请先启动巡查节点（./patrol watch）。",
    empty_cameras: "还没有摄像机报到：启动巡查节点（./patrol watch），并给它节点密钥。",
    keys_hint: "键盘：↑ ↓ 选择 · C 立案 · X 不立案 · D 派遣 · Enter 看大图",
    live: "实时", connecting: "正在连接…", more: "更多",
    lost: "连接中断，正在重连。下面的内容可能不是最新的。",
    open: "进行中", all: "全部", undecided: "待确认", acting: "处置中", overdue: "超时",
    confirm: "立案", verify: "核查通过", reject: "不立案", dispatch: "派遣", close: "结案", handle_on_spot: "当场处置", reopen: "重开",
    cancel: "取消", reject_title: "为什么不立案？", reopen_title: "为什么重开？", reason: "说明",
    clear_width: "净宽", of: "应有", cleared: "现场已清", seen: "看见", unseen: "没看见", confidence: "把握", already_there: "开机时已在",
    running: "已用", target: "目标 15 分钟", taken: "用时", over: "超出",
    no_picture: "没有图片", enlarge: "看大图", close_viewer: "关闭", clip: "录像", to: "送",
    since: "自", no_number: "未编号", rework: "返工", times: "次", now: "现在",
    measures: { stalls: "摊位", area: "占地", customers: "顾客", moves: "换位" },
    subjects: { stall: "占道摊位", mobile_stall: "流动摊贩", shop_goods: "店外经营" },
    kinds: { fire_lane: "消防通道堵塞", street_vending: "占道经营", dam_seepage: "堤坝渗漏" },
    colours: { I: "红", II: "橙", III: "黄", IV: "蓝" },
    levels: { I: "特别严重", II: "严重", III: "较重", IV: "一般" },
    cameras: { ok: "正常", degraded: "画面不佳", blind: "看不见", silent: "没有消息" },
    roles: { onset: "起始", dwell: "达时", latest: "最近", clear: "已清", after: "处置后", verify: "复查", clip: "录像" },
    statuses: {
      candidate: "待定", raised: "待确认", confirmed: "已立案", dispatched: "已派遣", in_progress: "处置中",
      resolved: "待核查", verified: "已核查", closed: "已结案", rejected: "不立案", merged: "已合并", expired: "已消失",
    },
    deliveries: {
      queued: "待发", sent: "已发", delivered: "已送达", undeliverable: "送不到，请打电话", acknowledged: "已接单",
      arrived: "已到场", resolved: "已处置", accepted: "核查通过", rework: "返工", suspended: "挂账",
      returned: "已退回", recalled: "已撤回",
    },
    stages: {
      captured: "拍摄", received: "接收", detected: "检出", onset: "起始", dwell_met: "达时", raised: "上报",
      shown: "看到", confirmed: "立案", dispatched: "派遣", sent: "发出", delivered: "送达", acknowledged: "接单",
      arrived: "到场", resolved: "处置", verified: "核查", closed: "结案",
    },
    units: { ms: "毫秒", s: "秒", m: "分", h: "时", d: "天" },
    unreachable: "服务器没有回答，请稍后再试。", again: "可以再试一次。",
  },
  en: {
    title: "Video patrol", leave: "Leave", language: "中文", key: "Key", enter: "Enter",
    door_title: "Enter your key", door_hint: "The key was shown once at first start, or an administrator gave it to you.",
    empty_title: "No incidents now", empty_hint: "The cameras are watching. Nothing blocked, nothing shown. No cameras below? Start a patrol node (./patrol watch).",
    empty_cameras: "No camera has reported yet: start a patrol node (./patrol watch) and give it a node key.",
    keys_hint: "Keys: ↑ ↓ choose · C confirm · X reject · D dispatch · Enter enlarge",
    live: "live", connecting: "connecting…", more: "More",
    lost: "Connection lost, trying again. What you see below may be out of date.",
    open: "Open", all: "All", undecided: "to decide", acting: "being handled", overdue: "overdue",
    confirm: "Confirm", verify: "Verified", reject: "Reject", dispatch: "Dispatch", close: "Close", handle_on_spot: "Handled on the spot", reopen: "Reopen",
    cancel: "Cancel", reject_title: "Why reject it?", reopen_title: "Why reopen it?", reason: "In words",
    clear_width: "Clear width", of: "required", cleared: "gone at", seen: "seen", unseen: "not seen", confidence: "confidence", already_there: "there at start",
    running: "Running", target: "15 min target", taken: "Took", over: "over by",
    no_picture: "No picture", enlarge: "Enlarge", close_viewer: "Close", clip: "Clip", to: "to",
    since: "since", no_number: "no number", rework: "rework", times: "×", now: "now",
    measures: { stalls: "Stalls", area: "Taken", customers: "Customers", moves: "Moved" },
    subjects: { stall: "stall", mobile_stall: "mobile vendor", shop_goods: "shop goods" },
    kinds: { fire_lane: "Blocked fire lane", street_vending: "Street vending", dam_seepage: "Dam seepage" },
    colours: { I: "red", II: "orange", III: "yellow", IV: "blue" },
    levels: { I: "special", II: "severe", III: "heavier", IV: "general" },
    cameras: { ok: "ok", degraded: "degraded", blind: "blind", silent: "not heard of" },
    roles: { onset: "onset", dwell: "dwell met", latest: "latest", clear: "clear", after: "after", verify: "checked", clip: "clip" },
    statuses: {
      candidate: "candidate", raised: "to decide", confirmed: "confirmed", dispatched: "dispatched", in_progress: "being handled",
      resolved: "to verify", verified: "verified", closed: "closed", rejected: "rejected", merged: "merged", expired: "gone",
    },
    deliveries: {
      queued: "queued", sent: "sent", delivered: "delivered", undeliverable: "undeliverable, telephone", acknowledged: "acknowledged",
      arrived: "arrived", resolved: "resolved", accepted: "accepted", rework: "rework", suspended: "suspended",
      returned: "returned", recalled: "recalled",
    },
    stages: {
      captured: "captured", received: "received", detected: "detected", onset: "onset", dwell_met: "dwell met", raised: "raised",
      shown: "shown", confirmed: "confirmed", dispatched: "dispatched", sent: "sent", delivered: "delivered", acknowledged: "accepted",
      arrived: "arrived", resolved: "resolved", verified: "verified", closed: "closed",
    },
    units: { ms: "ms", s: "s", m: "m", h: "h", d: "d" },
    unreachable: "The server did not answer; try again later.", again: "You can try again.",
  },
};

let language = localStorage.getItem("language") === "en" ? "en" : "zh";

export const languageNow = () => language;

export function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
}

/** The text of a dotted key, e.g. text("kinds.fire_lane"); an unknown word is shown as it came. */
export function text(key) {
  const found = key.split(".").reduce((at, part) => at?.[part], TEXTS[language]);
  return found ?? key.split(".").at(-1);
}

/** One of a pair {zh, en} that the server sent. */
export const either = (pair) => pair?.[language] || pair?.zh || pair?.en || "";

export function fillTexts(root = document) {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const element of root.querySelectorAll("[data-text]")) element.textContent = text(element.dataset.text);
}

export function duration(seconds) {
  if (seconds == null) return "";
  const size = Math.abs(seconds);
  const unit = (name) => text(`units.${name}`);
  const gap = language === "zh" ? "" : " ";
  if (size < 1) return `${Math.round(seconds * 1000)}${gap}${unit("ms")}`;
  if (size < 60) return `${seconds.toFixed(1)}${gap}${unit("s")}`;
  const parts = size < 3600 ? [[60, "m"], [1, "s"]] : size < 86400 ? [[3600, "h"], [60, "m"]] : [[86400, "d"], [3600, "h"]];
  const high = Math.floor(size / parts[0][0]);
  const low = Math.floor((size % parts[0][0]) / parts[1][0]);
  return `${seconds < 0 ? "−" : ""}${high}${gap}${unit(parts[0][1])}${gap}${low}${gap}${unit(parts[1][1])}`;
}

/** Minutes and seconds that do not jump in width: 12:07. */
export function stopwatch(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  return `${hours ? `${hours}:` : ""}${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
}

const locale = () => (language === "zh" ? "zh-CN" : "en-GB");
export const timeOfDay = (at) => new Date(at).toLocaleTimeString(locale(), { hour12: false });
export const fullTime = (at) => new Date(at).toLocaleString(locale(), { hour12: false, fractionalSecondDigits: 3, timeZoneName: "short",
  year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" });
