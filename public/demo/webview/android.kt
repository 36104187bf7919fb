// The chat in an Android app: one activity that shows it, hears its events and calls it.
//
// It has the least rights that do: only our server's page is loaded and heard, there is no access to files, and every
// link opens in the browser. Needs androidx.webkit, androidx.core and androidx.activity.

package shop.example.support

import android.annotation.SuppressLint
import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.webkit.WebResourceRequest
import android.webkit.WebSettings
import android.webkit.WebView
import android.webkit.WebViewClient
import androidx.activity.ComponentActivity
import androidx.activity.enableEdgeToEdge
import androidx.core.view.ViewCompat
import androidx.core.view.WindowInsetsCompat
import androidx.core.view.updatePadding
import androidx.webkit.WebViewCompat
import androidx.webkit.WebViewFeature
import org.json.JSONArray
import org.json.JSONException
import org.json.JSONObject

private const val SERVER = "https://HOST"
private const val PAGE = "/chat/KEY"

class SupportChatActivity : ComponentActivity() {
    private lateinit var webView: WebView

    @SuppressLint("SetJavaScriptEnabled")
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        webView = WebView(this)
        setContentView(webView)
        // The keyboard makes the page smaller, so it never covers what is written.
        ViewCompat.setOnApplyWindowInsetsListener(webView) { view, insets ->
            val kept = insets.getInsets(WindowInsetsCompat.Type.systemBars() or WindowInsetsCompat.Type.ime())
            view.updatePadding(kept.left, kept.top, kept.right, kept.bottom)
            WindowInsetsCompat.CONSUMED
        }
        with(webView.settings) {
            javaScriptEnabled = true
            domStorageEnabled = true
            allowFileAccess = false
            allowContentAccess = false
            mixedContentMode = WebSettings.MIXED_CONTENT_NEVER_ALLOW
            setGeolocationEnabled(false)
            builtInZoomControls = true
            displayZoomControls = false
        }
        webView.webViewClient = OnlyTheChat()
        // One method, postMessage, in the pages of one origin. Older WebViews show the chat without telling of it.
        if (WebViewFeature.isFeatureSupported(WebViewFeature.WEB_MESSAGE_LISTENER)) {
            WebViewCompat.addWebMessageListener(webView, "HumanPleaseAndroid", setOf(SERVER)) { _, message, origin, isMainFrame, _ ->
                if (isMainFrame && origin.toString() == SERVER) message.data?.let(::heard)
            }
        }
        if (savedInstanceState == null) webView.loadUrl(SERVER + PAGE) else webView.restoreState(savedInstanceState)
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        webView.saveState(outState)
    }

    /** Asks for a person, whether the page has loaded or not. */
    fun human() = push("human")

    /** Goes on in another language: a BCP 47 tag. */
    fun setLocale(tag: String) = push("setLocale", tag)

    /** Forgets the visitor on this device, as after signing out. */
    fun reset() = push("reset")

    private fun push(vararg call: String) {
        // JSON is JavaScript: nothing in an argument can end the text and run.
        val list = JSONArray(call.toList())
        webView.evaluateJavascript("(window.HumanPlease = window.HumanPlease || []).push($list)", null)
    }

    private fun heard(json: String) {
        val event = try {
            JSONObject(json)
        } catch (_: JSONException) {
            return
        }
        if (event.optInt("humanPlease") != 1) return
        val detail = event.optJSONObject("detail")
        when (event.optString("type")) {
            "close" -> finish()
            "unread" -> showBadge(detail?.optInt("count") ?: 0)
            // ready, open, message, human, queue, error, and what is yet to come
        }
    }

    private fun showBadge(count: Int) {
        setResult(RESULT_OK, Intent().putExtra("unread", count))
    }
}

/** Keeps the chat in the webview and sends everything else to the browser. */
private class OnlyTheChat : WebViewClient() {
    override fun shouldOverrideUrlLoading(view: WebView, request: WebResourceRequest): Boolean {
        val url = request.url
        if (url.origin() == SERVER && url.path?.startsWith(PAGE) == true) return false
        if (request.hasGesture() && url.scheme in setOf("https", "http", "mailto", "tel")) {
            try {
                view.context.startActivity(Intent(Intent.ACTION_VIEW, url))
            } catch (_: ActivityNotFoundException) {
                // Nothing on this device opens it.
            }
        }
        return true
    }

    private fun Uri.origin() = "$scheme://$encodedAuthority"
}
