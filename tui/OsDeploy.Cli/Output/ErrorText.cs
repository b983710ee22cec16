using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>The three lines of a user error: what cannot be done and its code, what to do about it, and details if there are any.</summary>
internal static class ErrorText
{
    private const int MaxDetails = 500;

    public static void Write(TextWriter writer, UserErrorException error)
    {
        writer.WriteLine($"{error.Message}   [{error.Code}]");
        writer.WriteLine(error.Hint);
        if (error.InnerException is { } cause)
        {
            writer.WriteLine("Details: " + Printable.Of(cause.Message, MaxDetails));
        }
    }
}
