namespace OsDeploy.Cli.Login;

/// <summary>Passwords come from a person, without echo, or from the first line of a file; never from the command line, which others can read.</summary>
internal static class Passwords
{
    /// <exception cref="UserErrorException"><c>usage-password-needed</c>, <c>secret-file</c></exception>
    public static async Task<string> AskAsync(Terminal terminal, string? file, string question, CancellationToken cancel)
    {
        if (file is not null)
        {
            return SecretFile.ReadLine(file);
        }

        return terminal.CanAsk ? await terminal.AskSecretAsync(question, cancel) : throw ServerErrors.UsagePasswordNeeded();
    }

    /// <summary>As <see cref="AskAsync"/>, typed twice.</summary>
    /// <exception cref="UserErrorException"><c>passwords-differ</c></exception>
    public static async Task<string> AskNewAsync(Terminal terminal, string? file, CancellationToken cancel)
    {
        var password = await AskAsync(terminal, file, "New password:", cancel);
        return file is not null || password == await terminal.AskSecretAsync("The same password again:", cancel)
            ? password
            : throw ServerErrors.PasswordsDiffer();
    }
}
