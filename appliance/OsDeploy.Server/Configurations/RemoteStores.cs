using OsDeploy.Api;
using OsDeploy.Api.Configurations;

namespace OsDeploy.Server.Configurations;

/// <summary>Stores on other appliances: over TLS, to one key, with an account's token that lies sealed.</summary>
internal sealed class RemoteStores(Func<string, string> seal, Func<string, string> open)
{
    private const int MaxToken = 256;

    /// <param name="before">The stored one the mask stands for. To another address or key its token is never sent.</param>
    /// <exception cref="UserErrorException"><c>remote-store-url-invalid</c>, <c>remote-store-pin-invalid</c>, <c>remote-store-token-invalid</c></exception>
    public RemoteStore Sealed(RemoteStore asked, RemoteStore? before)
    {
        var url = UrlOf(asked.Url);
        var pin = ServerKey.TryParse(asked.Pin, out var key) ? key.ToString() : throw ConfigurationErrors.StorePinInvalid();
        if (asked.Token == Secret.Mask)
        {
            return before is not null && before.Url == url && before.Pin == pin ? before : throw ConfigurationErrors.StoreTokenInvalid();
        }

        var isToken = asked.Token.Length is > 0 and <= MaxToken && asked.Token.All(letter => letter is > ' ' and <= '~');
        return isToken ? new RemoteStore(url, pin, seal(asked.Token)) : throw ConfigurationErrors.StoreTokenInvalid();
    }

    /// <summary>For an order to an agent.</summary>
    public RemoteStore Opened(RemoteStore store) => store with { Token = open(store.Token) };

    public static RemoteStore Masked(RemoteStore store) => store with { Token = Secret.Mask };

    // Letters of other scripts may look like a known host's.
    private static string UrlOf(string text) =>
        text.All(letter => letter is > ' ' and <= '~') && Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "https", PathAndQuery: "/", UserInfo: "", Fragment: "", Host.Length: > 0 }
            ? url.GetLeftPart(UriPartial.Authority)
            : throw ConfigurationErrors.StoreUrlInvalid(text);
}
