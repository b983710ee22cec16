namespace OsDeploy.Cli.Login;

/// <summary>A file whose first line is a password or a token.</summary>
internal static class SecretFile
{
    /// <exception cref="UserErrorException"><c>secret-file</c></exception>
    public static string ReadLine(string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault() is { Length: > 0 } line ? line : throw ServerErrors.SecretFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ServerErrors.SecretFile(path, e);
        }
    }
}
