// The library that the official CLI keeps its file with, as a program: reads env files and writes them, one JSON value a line.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"strings"

	"github.com/spf13/afero"
	"github.com/spf13/viper"
)

// A request has one of them: a file's text to read, or values to write.
type request struct {
	Read  *string           `json:"read"`
	Write map[string]string `json:"write"`
}

// An answer has the values that were read, or the text that was written.
type answer struct {
	Values map[string]string `json:"values,omitempty"`
	// When the token expires, in milliseconds since 1970, as a program that reads a date finds it.
	Expiration int64  `json:"expiration,omitempty"`
	Text       string `json:"text,omitempty"`
	Error      string `json:"error,omitempty"`
}

func read(text string) answer {
	v := viper.New()
	v.SetConfigType("env")
	if err := v.ReadConfig(strings.NewReader(text)); err != nil {
		return answer{Error: err.Error()}
	}
	values := map[string]string{}
	for _, key := range v.AllKeys() {
		values[strings.ToUpper(key)] = v.GetString(key)
	}
	result := answer{Values: values}
	if at := v.GetTime("tokenexpiration"); !at.IsZero() {
		result.Expiration = at.UnixMilli()
	}
	return result
}

func write(values map[string]string) answer {
	v := viper.New()
	files := afero.NewMemMapFs()
	v.SetFs(files)
	v.SetConfigType("env")
	for key, value := range values {
		v.Set(key, value)
	}
	if err := v.WriteConfigAs("/.twitch-cli.env"); err != nil {
		return answer{Error: err.Error()}
	}
	text, err := afero.ReadFile(files, "/.twitch-cli.env")
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Text: string(text)}
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<26)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var asked request
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			log.Fatal(err)
		}
		result := answer{Error: "nothing was asked"}
		if asked.Read != nil {
			result = read(*asked.Read)
		} else if asked.Write != nil {
			result = write(asked.Write)
		}
		if err := out.Encode(result); err != nil {
			log.Fatal(err)
		}
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
}
