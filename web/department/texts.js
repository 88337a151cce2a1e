// Every word of the department's page, in both languages. Few and plain: many readers are not young.

const TEXTS = {
  zh: {
    title: "派单", language: "English", leave: "退出", key: "密钥", enter: "进入",
    none: "现在没有要处理的派单", live: "已连接", lost: "没有网络，先记在手机里", waiting: "条等有网时发送",
    acknowledge: "接单", arrive: "已到场", resolve: "处理完，拍照", refuse: "不归我们", "not-found": "没找到",
    call: "导航去", address: "地点", left: "剩余", over: "已超时", picture: "现场图片", larger: "点图放大",
    done: "已处理，等待核查", kept: "已记下", photo: "拍处理后的照片", note: "说明（可不填）", send: "提交", cancel: "取消",
    no_photo: "不拍照", why_refuse: "为什么不归我们？", why_missing: "说明情况（可不填）", since: "开始",
    refused: "没有被接受：", unreachable: "服务器没有回答，请稍后再试。", wrong_role: "这不是部门的密钥。",
    lead: "主办", assist: "协办", rework: "返工：现场还没清", by: "要求",
    kinds: { fire_lane: "消防通道堵塞", street_vending: "占道经营", dam_seepage: "堤坝渗漏" },
    statuses: { queued: "新派单", sent: "新派单", delivered: "新派单", acknowledged: "已接单", arrived: "已到场", resolved: "已处理", rework: "返工", suspended: "挂账" },
    minutes: "分钟", hours: "小时",
  },
  en: {
    title: "Dispatches", language: "中文", leave: "Leave", key: "Key", enter: "Enter",
    none: "Nothing to handle now", live: "connected", lost: "No network: kept on this phone", waiting: "to send when the network is back",
    acknowledge: "Accept", arrive: "Arrived", resolve: "Done, take a photo", refuse: "Not ours", "not-found": "Not found",
    call: "Navigate", address: "Place", left: "left", over: "overdue", picture: "Picture", larger: "tap to enlarge",
    done: "Done, waiting to be verified", kept: "kept", photo: "Photograph the place as it is now", note: "Remark (optional)", send: "Send", cancel: "Cancel",
    no_photo: "Without a photo", why_refuse: "Why is it not yours?", why_missing: "What did you find? (optional)", since: "since",
    refused: "Not accepted: ", unreachable: "The server did not answer; try again later.", wrong_role: "This is not a department's key.",
    lead: "lead", assist: "assists", rework: "Again: the place is not clear yet", by: "by",
    kinds: { fire_lane: "Blocked fire lane", street_vending: "Street vending", dam_seepage: "Dam seepage" },
    statuses: { queued: "new", sent: "new", delivered: "new", acknowledged: "accepted", arrived: "arrived", resolved: "done", rework: "again", suspended: "suspended" },
    minutes: "min", hours: "h",
  },
};

let language = localStorage.getItem("language") === "en" ? "en" : "zh";

export const either = (words) => words[language] || words.zh || words.en || "";
export const languageNow = () => language;

export function text(path) {
  const found = path.split(".").reduce((words, name) => words?.[name], TEXTS[language]);
  return found ?? path;
}

export function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}

export const timeOfDay = (at) => new Date(at).toLocaleTimeString(language === "zh" ? "zh-CN" : "en-GB", { hour: "2-digit", minute: "2-digit" });

/** "14 分钟", "2 小时 5 分钟" */
export function span(seconds) {
  const minutes = Math.max(0, Math.floor(seconds / 60));
  const rest = `${minutes % 60} ${text("minutes")}`;
  return minutes < 60 ? rest : `${Math.floor(minutes / 60)} ${text("hours")} ${rest}`;
}
