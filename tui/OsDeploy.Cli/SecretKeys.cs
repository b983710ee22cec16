using System.Text;

namespace OsDeploy.Cli;

/// <summary>Reads a line from the keyboard without showing it.</summary>
internal static class SecretKeys
{
    /// <returns>Null if the person gives up with Ctrl-D on an empty line.</returns>
    public static string? ReadLine()
    {
        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                return typed.ToString();
            }

            if (key is { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } && typed.Length == 0)
            {
                return null;
            }

            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }
    }
}
