namespace OsDeploy.Boot;

/// <param name="Name">As in <see cref="ClientBuild.FileNames"/>, below the folder of the build.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">64 hexadecimal digits, in small letters.</param>
public sealed record ClientFile(string Name, long Size, string Sha256)
{
    private const int HashDigits = 64;

    internal bool IsPossible => Size > 0 && Sha256.Length == HashDigits && Sha256.All(char.IsAsciiHexDigitLower);
}
