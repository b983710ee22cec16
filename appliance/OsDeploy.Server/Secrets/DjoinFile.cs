using OsDeploy.Text;

namespace OsDeploy.Server.Secrets;

/// <summary>
/// What <c>djoin /provision /savefile</c> writes: base64 in UTF-16 with a mark, and a zero behind it. The bytes are a structure of RPC
/// (MS-RPCE section 2.2.6), of which only the head is looked at.
/// </summary>
internal static class DjoinFile
{
    private const int MostBytes = 64 << 10;
    private const int FewestBytes = 64;

    private static ReadOnlySpan<byte> Head => [1, 0x10, 8, 0];

    /// <returns>The base64, as an answer file takes it.</returns>
    /// <exception cref="UserErrorException"><c>offline-join-invalid</c></exception>
    public static string Read(byte[] file)
    {
        var text = string.Concat(ForeignText.Of(file).Where(letter => !char.IsWhiteSpace(letter) && letter != '\0'));
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var count))
        {
            throw SecretErrors.OfflineJoinInvalid("it is not base64");
        }

        return count is < FewestBytes or > MostBytes ? throw SecretErrors.OfflineJoinInvalid("it is too short or too long")
            : !bytes.AsSpan().StartsWith(Head) ? throw SecretErrors.OfflineJoinInvalid("it begins otherwise")
            : text;
    }
}
