// SPDX-License-Identifier: Apache-2.0
// The page that a plate's QR code leads to, for everybody, without sign-in: the address, whether the plate is genuine,
// a small map. Nothing about people. Plain HTML that needs no script; one small script offers to tell where one stands.

#include "app/plate/plate_visit.hpp"
#include "http/json_in.hpp"
#include "http/json_writer.hpp"
#include "http/routes.hpp"

namespace menpai::http {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

struct Words {
  const char* css;
  const char* zh;
  const char* en;
};
Words words_of(app::PlateStanding standing) {
  switch (standing) {
    case app::PlateStanding::genuine:
      return {"good", "此门牌真实有效", "This plate is genuine and valid."};
    case app::PlateStanding::temporary:
      return {"good", "此为临时门牌，仅用于地址标识，不作为权属证明",
              "This temporary plate is genuine. It identifies the place and proves no right."};
    case app::PlateStanding::old:
      return {"warn", "此门牌已更换或撤销，不再有效", "This plate was genuine, and has been replaced or withdrawn."};
    case app::PlateStanding::revoked:
      return {"bad", "此门牌的二维码已作废", "The QR code of this plate has been revoked."};
    case app::PlateStanding::forged:
      return {"bad", "此二维码不是本机构签发，请勿相信", "This QR code was not issued here. Do not trust it."};
    case app::PlateStanding::unsigned_link:
      return {"plain", "仅为地址查询，未核验门牌", "An address looked up by its code; no plate was checked."};
  }
  return {"plain", "", ""};
}

constexpr std::string_view style =
    "body{font:18px/1.6 system-ui,'Noto Sans CJK SC',sans-serif;margin:0 auto;max-width:36em;padding:1em;color:#1a1a1a;"
    "background:#fff}h1{font-size:1.5em;margin:.3em 0}.mark{border-radius:.4em;padding:.6em .8em;margin:1em 0}"
    ".good{background:#e3f4e6;border-left:.4em solid #1c7c33}.warn{background:#fff2d6;border-left:.4em solid #a86200}"
    ".bad{background:#fde4e1;border-left:.4em solid #b3261e}.plain{background:#eef1f5;border-left:.4em solid #5a6b80}"
    "small{color:#555}svg{width:100%;height:auto;background:#f4f4f1;border-radius:.4em}dt{color:#555;margin-top:.6em}"
    "dd{margin:0}button{font:inherit;padding:.5em 1em}footer{margin-top:2em;color:#555;font-size:.85em}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#16181c}.good{background:#12351b}.warn{background:"
    "#3a2c0c}.bad{background:#401512}.plain{background:#22272e}small,dt,footer{color:#aaa}svg{background:#22272e}}";

std::string svg_of(const app::PlateMap& map) {
  const int half = static_cast<int>(map.half_side_m);
  const std::string box = std::to_string(-half) + " " + std::to_string(-half) + " " + std::to_string(2 * half) + " " +
                          std::to_string(2 * half);
  std::string out = "<svg viewBox=\"" + box + "\" role=\"img\" aria-label=\"地址周边示意图\">";
  for (const std::string& path : map.buildings) {
    out += "<path d=\"" + escaped(path) + "\" fill=\"#c9ccd1\" stroke=\"#9aa0a8\" stroke-width=\".4\"/>";
  }
  for (const std::string& path : map.roads) {
    out += "<path d=\"" + escaped(path) +
           "\" fill=\"none\" stroke=\"#e0a83a\" stroke-width=\"5\" "
           "stroke-linecap=\"round\" stroke-linejoin=\"round\"/>";
  }
  return out + "<circle r=\"5\" fill=\"#b3261e\" stroke=\"#fff\" stroke-width=\"1.5\"/></svg>";
}

std::string page_of(const app::PlateVisit& visit, std::string_view digits) {
  const Words words = words_of(visit.standing);
  std::string out =
      "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width,initial-scale=1\"><meta name=\"robots\" content=\"noindex\">"
      "<title>门牌核验</title><style>";
  out += style;
  out += "</style></head><body><main>";
  out += "<h1>" + escaped(visit.address) + "</h1>";
  out += "<p class=\"mark " + std::string(words.css) + "\" data-standing=\"" +
         std::string(app::plate_standing_name(visit.standing)) + "\">" + words.zh + "<br><small lang=\"en\">" +
         words.en + "</small></p>";
  out += "<dl><dt>地址代码 Code</dt><dd>" + escaped(visit.code) + "</dd>";
  if (!visit.is_in_use) {
    out += "<dt>状态 State</dt><dd>该地址已停用 <span lang=\"en\">(retired)</span></dd>";
    for (const auto& [address, code] : visit.successors) {
      out += "<dt>现地址 Now</dt><dd>";
      out += code.empty() ? escaped(address) : "<a href=\"/p/" + escaped(code) + "\">" + escaped(address) + "</a>";
      out += "</dd>";
    }
  }
  if (!visit.revoked_on.empty()) out += "<dt>作废日期 Revoked</dt><dd>" + escaped(visit.revoked_on) + "</dd>";
  if (!visit.contact.empty()) out += "<dt>服务与联系 Contact</dt><dd>" + escaped(visit.contact) + "</dd>";
  out += "</dl>";
  if (visit.map) out += svg_of(*visit.map);
  if (visit.can_report) {
    out += "<section id=\"here\" hidden data-code=\"" + escaped(visit.code) + "\" data-digits=\"" + escaped(digits) +
           "\"><p>门牌不在原位？可告知您现在的位置（取整到约一百米，不记录任何个人信息）。<br><small lang=\"en\">Is "
           "this plate in "
           "the wrong place? You may tell where you are now (rounded to about 100 m; nothing about you is kept)."
           "</small></p><button type=\"button\">我在这里 I am here</button> <output></output></section>"
           "<script src=\"/plate.js\" defer></script>";
  }
  out +=
      "<footer>本页不显示任何个人信息。<span lang=\"en\">This page shows nothing about "
      "people.</span></footer></main></body></html>";
  return out;
}

Response html(int status, std::string body) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  response.with("Content-Type", "text/html; charset=utf-8");
  response.with("Cache-Control", "no-store");
  return response;
}

/// Too many requests are told so with their own status.
template <class Step>
auto in_turn(const Step& step) {
  try {
    return step();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::busy) throw;
    throw StatusError(429, ErrorCode::busy, error.what(), {{"Retry-After", "60"}});
  }
}

Response visit(app::Application& app, Request& request, const std::string& digits) {
  request.allow_query({});
  try {
    const app::PlateVisit visit =
        in_turn([&] { return app::visit_plate(app, request.caller, request.param("code"), digits); });
    return html(200, page_of(visit, digits));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::not_found) throw;
    return html(404,
                "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>门牌核验</title>"
                "<p>没有这个地址代码。</p><p lang=\"en\">There is no address of this code.</p></html>");
  }
}

Response report(app::Application& app, Request& request) {
  request.allow_query({});
  const JsonIn body(request, {"code", "digits", "lon_e6", "lat_e6", "accuracy_m"});
  const auto degrees = [&](const char* key, std::int64_t most) {
    const std::int64_t value = body.number_or(key, -most * 1'000'000, most * 1'000'000, most * 2'000'000);
    if (value == most * 2'000'000) throw Error(ErrorCode::bad_request, std::string("\"") + key + "\" is missing.");
    return static_cast<double>(value) / 1e6;
  };
  const bool is_far = in_turn([&] {
    return app::report_plate_scan(app, request.caller, body.text("code", 32), body.text("digits", 200),
                                  degrees("lon_e6", 180), degrees("lat_e6", 90),
                                  static_cast<double>(body.number_or("accuracy_m", 0, 10'000, 0)));
  });
  JsonWriter out;
  out.begin_object();
  out.field("is_far", is_far);
  out.end_object();
  return json_response(out.take());
}

/// Shows the button where the browser can tell a place; asks only when it is pressed.
constexpr std::string_view script = R"js('use strict';
const here = document.getElementById('here');
if (here && 'geolocation' in navigator) {
  here.hidden = false;
  const button = here.querySelector('button');
  const say = (text) => { here.querySelector('output').textContent = text; };
  button.addEventListener('click', () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(async (at) => {
      try {
        const answer = await fetch('/api/v1/plate-reports', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-Menpai': '1' },
          body: JSON.stringify({
            code: here.dataset.code,
            digits: here.dataset.digits,
            lon_e6: Math.round(at.coords.longitude * 1e6),
            lat_e6: Math.round(at.coords.latitude * 1e6),
            accuracy_m: Math.round(Math.min(at.coords.accuracy, 10000)),
          }),
        });
        if (!answer.ok) throw new Error(String(answer.status));
        const { is_far } = await answer.json();
        say(is_far ? '已记录，谢谢。 Noted, thank you.' : '门牌就在附近。 The plate is where it should be.');
      } catch {
        button.disabled = false;
        say('未能发送，请稍后再试。 Not sent; try again later.');
      }
    }, () => { button.disabled = false; say('无法取得位置。 Your place is not known.'); });
  });
}
)js";

}  // namespace

void add_plate_page(RouteTable& table, app::Application& app) {
  for (const std::string base : {"/p/{code}", "/P/{code}"}) {
    table.add(
        {.pattern = base, .action = Action::visit_plate, .handle = [&app](Request& r) { return visit(app, r, ""); }});
    table.add({.pattern = base + "/{digits}", .action = Action::visit_plate, .handle = [&app](Request& r) {
                 return visit(app, r, r.param("digits"));
               }});
  }
  table.add({.pattern = "/plate.js", .action = Action::visit_plate, .handle = [](Request&) {
               Response response;
               response.body = script;
               response.with("Content-Type", "text/javascript; charset=utf-8");
               response.with("Cache-Control", "public, max-age=3600");
               return response;
             }});
  table.add({.method = Method::post,
             .pattern = "/api/v1/plate-reports",
             .action = Action::report_plate,
             .handle = [&app](Request& r) { return report(app, r); },
             .body_max = 4096});
}

}  // namespace menpai::http
