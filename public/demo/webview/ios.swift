// The chat in an iOS app (14.5 or newer): one view controller that shows it, hears its events and calls it.
//
// It has the least rights that do: only our server's page is loaded, only its main frame is heard, and every link
// opens in the browser.

import UIKit
import WebKit

final class SupportChat: UIViewController {
    private static let server = URL(string: "https://HOST")!
    private static let page = server.appendingPathComponent("chat/KEY")

    /// Called with the number of messages that were not seen.
    var onUnread: (Int) -> Void = { _ in }

    private lazy var webView: WKWebView = {
        let configuration = WKWebViewConfiguration()
        configuration.userContentController.add(Listener(chat: self), name: "humanPlease")
        let webView = WKWebView(frame: .zero, configuration: configuration)
        webView.navigationDelegate = self
        return webView
    }()

    override func loadView() {
        // Under the notch and the home bar too: the page keeps clear of both by itself.
        webView.scrollView.contentInsetAdjustmentBehavior = .never
        view = webView
        webView.load(URLRequest(url: Self.page))
    }

    /// Asks for a person, whether the page has loaded or not.
    func human() { push(["human"]) }

    /// Goes on in another language: a BCP 47 tag.
    func setLocale(_ tag: String) { push(["setLocale", tag]) }

    /// Forgets the visitor on this device, as after signing out.
    func reset() { push(["reset"]) }

    private func push(_ call: [String]) {
        // JSON is JavaScript: nothing in an argument can end the text and run.
        guard let json = try? JSONEncoder().encode(call) else { return }
        let list = String(decoding: json, as: UTF8.self)
        webView.evaluateJavaScript("(window.HumanPlease = window.HumanPlease || []).push(\(list)); true")
    }

    fileprivate func heard(_ event: Event) {
        switch event.type {
        case "close": dismiss(animated: true)
        case "unread": onUnread(event.detail?.count ?? 0)
        default: break // ready, open, message, human, queue, error, and what is yet to come
        }
    }
}

/// What the page tells. Unknown fields are passed over.
private struct Event: Decodable {
    struct Detail: Decodable {
        let count: Int?
        let position: Int?
        let waited: Int?
        let receipt: Int?
        let code: String?
    }

    let humanPlease: Int
    let type: String
    let detail: Detail?
}

/// Between the page and the controller, for the page's configuration keeps whoever listens alive.
private final class Listener: NSObject, WKScriptMessageHandler {
    private weak var chat: SupportChat?

    init(chat: SupportChat) { self.chat = chat }

    func userContentController(_: WKUserContentController, didReceive message: WKScriptMessage) {
        guard message.frameInfo.isMainFrame,
              message.frameInfo.request.url.map(isOurs) == true,
              let json = message.body as? String,
              let event = try? JSONDecoder().decode(Event.self, from: Data(json.utf8)),
              event.humanPlease == 1
        else { return }
        chat?.heard(event)
    }
}

private func isOurs(_ url: URL) -> Bool {
    let server = URL(string: "https://HOST")!
    return url.scheme == server.scheme && url.host == server.host && url.port == server.port
        && url.path.hasPrefix("/chat/KEY")
}

extension SupportChat: WKNavigationDelegate, WKDownloadDelegate {
    func webView(_: WKWebView, decidePolicyFor action: WKNavigationAction,
                 decisionHandler: @escaping (WKNavigationActionPolicy) -> Void) {
        guard let url = action.request.url else { return decisionHandler(.cancel) }
        if action.targetFrame?.isMainFrame == true, isOurs(url) {
            // A copy of the conversation is a file to keep.
            return decisionHandler(url.path.hasSuffix("/record") ? .download : .allow)
        }
        decisionHandler(.cancel)
        if action.navigationType == .linkActivated, ["https", "http", "mailto", "tel"].contains(url.scheme) {
            UIApplication.shared.open(url)
        }
    }

    func webView(_: WKWebView, navigationAction _: WKNavigationAction, didBecome download: WKDownload) {
        download.delegate = self
    }

    func download(_ download: WKDownload, decideDestinationUsing _: URLResponse, suggestedFilename name: String,
                  completionHandler: @escaping (URL?) -> Void) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent(name)
        download.progress.fileURL = file
        completionHandler(file)
    }

    func downloadDidFinish(_ download: WKDownload) {
        guard let file = download.progress.fileURL else { return }
        let sheet = UIActivityViewController(activityItems: [file], applicationActivities: nil)
        sheet.popoverPresentationController?.sourceView = view
        present(sheet, animated: true)
    }
}
