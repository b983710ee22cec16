using OsDeploy.Images;
using OsDeploy.Images.Folder;

namespace OsDeploy.Api;

/// <summary>What <c>--store</c> takes: a folder, or the URL of an appliance.</summary>
public static class StoreAddress
{
    private const string SocketScheme = "unix:";

    /// <param name="create">Make the folder a store if it is none yet; a URL's store is the server's own affair.</param>
    /// <exception cref="UserErrorException"><c>store-address</c>, <c>store-plain-http</c>, and those of the folder store.</exception>
    /// <param name="optionsOf">Key and credential for the server at a URL.</param>
    public static Task<IImageStore> OpenAsync(
        string folderOrUrl, bool create, TimeProvider time, Func<string, ConnectionOptions> optionsOf, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult<IImageStore>(IsUrl(folderOrUrl)
            ? new HttpImageStore(folderOrUrl, time, optionsOf(folderOrUrl))
            : FolderImageStore.Open(folderOrUrl, create, time));
    }

    /// <summary>Accepts <c>https://HOST[:PORT]</c>, and <c>http://</c> where no one else can listen: on this computer.</summary>
    public static Uri ParseUrl(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
            || address.Host.Length == 0 || address.PathAndQuery != "/" || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
        {
            throw Errors.StoreAddress(url);
        }

        return address.Scheme == "https" || address.IsLoopback ? address : throw Errors.StorePlainHttp(url);
    }

    /// <returns>The path of <c>unix:/PATH</c>; null for any other address.</returns>
    internal static string? SocketOf(string address) =>
        address.StartsWith(SocketScheme + "/", StringComparison.Ordinal) ? address[SocketScheme.Length..] : null;

    private static bool IsUrl(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || SocketOf(text) is not null;
}
